"""What marketplaces owe moves only with an act and is never deleted; its deadlines."""

import json
from pathlib import Path

from django.db import migrations

from apps.journal.governed import Governed, Kept

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
    dependencies = [
        ("compliance", "0005_acknowledgements"),
        ("clocks", "0003_reference_2026_11"),
        ("journal", "0001_journal"),
    ]
    operations = [
        Governed("compliance_acknowledgement"),
        Kept("compliance_acknowledgement"),
        migrations.RunPython(take_in, take_out),
    ]
