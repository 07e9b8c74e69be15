"""The notice of ballots as founded in November 2026."""

import json
from pathlib import Path

from django.db import migrations

FILE = Path(__file__).parent.parent / "reference" / "2026_11_notices.json"


def take_in(apps, schema_editor):
    settings_of = apps.get_model("voting", "ProcedureSettings")
    rows = settings_of.objects.using(schema_editor.connection.alias)
    for row in json.loads(FILE.read_text("utf-8"))["notices"]:
        rows.filter(procedure=row["procedure"], valid_from_date=row["valid_from"]).update(
            notice_days=row["notice_days"], notice_source=row["source"]
        )


class Migration(migrations.Migration):
    dependencies = [("voting", "0004_notice")]
    operations = [migrations.RunPython(take_in, migrations.RunPython.noop)]
