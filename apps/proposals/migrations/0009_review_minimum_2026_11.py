"""How many verdicts a review needs, as founded."""

import json
from pathlib import Path

from django.db import migrations

FILE = Path(__file__).parent.parent / "reference" / "2026_11_review_minimum.json"


def take_in(apps, schema_editor):
    minimum = apps.get_model("proposals", "ReviewMinimum")
    rows = minimum.objects.using(schema_editor.connection.alias)
    for row in json.loads(FILE.read_text("utf-8"))["minimums"]:
        rows.create(**row)


class Migration(migrations.Migration):
    dependencies = [("proposals", "0008_review_minimum")]
    operations = [migrations.RunPython(take_in, migrations.RunPython.noop)]
