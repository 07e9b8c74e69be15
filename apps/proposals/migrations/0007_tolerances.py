"""A commencement needs its act and is never rewritten; the tolerance as founded."""

import json
from pathlib import Path

from django.db import migrations

from apps.journal.governed import AppendOnly, Governed

FILE = Path(__file__).parent.parent / "reference" / "2026_11_tolerances.json"


def take_in(apps, schema_editor):
    tolerance = apps.get_model("proposals", "ImpactTolerance")
    rows = tolerance.objects.using(schema_editor.connection.alias)
    for row in json.loads(FILE.read_text("utf-8"))["tolerances"]:
        rows.create(**row)


class Migration(migrations.Migration):
    dependencies = [("proposals", "0006_commencements"), ("journal", "0001_journal")]
    operations = [
        Governed("proposals_commencement"),
        AppendOnly("proposals_commencement"),
        migrations.RunPython(take_in, migrations.RunPython.noop),
    ]
