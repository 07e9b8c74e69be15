"""The deadlines of proposals as founded in November 2026."""

import json
from pathlib import Path

from django.db import migrations

FILE = Path(__file__).parent.parent / "reference" / "2026_11_deadlines.json"


def _rules():
    return json.loads(FILE.read_text("utf-8"))["rules"]


def take_in(apps, schema_editor):
    rows = apps.get_model("clocks", "DeadlineRule").objects.using(schema_editor.connection.alias)
    for rule in _rules():
        rows.create(**rule)


def take_out(apps, schema_editor):
    rows = apps.get_model("clocks", "DeadlineRule").objects.using(schema_editor.connection.alias)
    rows.filter(code__in=[rule["code"] for rule in _rules()]).delete()


class Migration(migrations.Migration):
    dependencies = [("proposals", "0002_laws"), ("clocks", "0003_reference_2026_11")]
    operations = [migrations.RunPython(take_in, take_out)]
