"""Procedure settings as founded in November 2026."""

import json
from pathlib import Path

from django.db import migrations

FILE = Path(__file__).parent.parent / "reference" / "2026_11_procedures.json"


def take_in(apps, schema_editor):
    settings_of = apps.get_model("voting", "ProcedureSettings")
    rows = settings_of.objects.using(schema_editor.connection.alias)
    for row in json.loads(FILE.read_text("utf-8"))["settings"]:
        rows.create(
            procedure=row["procedure"],
            valid_from_date=row["valid_from"],
            quorum_numerator=row["quorum"][0],
            quorum_denominator=row["quorum"][1],
            threshold_numerator=row["threshold"][0],
            threshold_denominator=row["threshold"][1],
            open_days=row["open_days"],
            source=row["source"],
            note=row["note"],
        )


def take_out(apps, schema_editor):
    settings_of = apps.get_model("voting", "ProcedureSettings")
    settings_of.objects.using(schema_editor.connection.alias).all().delete()


class Migration(migrations.Migration):
    dependencies = [("voting", "0002_laws")]
    operations = [migrations.RunPython(take_in, take_out)]
