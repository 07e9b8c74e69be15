"""How long a stay by two chairs runs."""

import json
from pathlib import Path

from django.db import migrations

FILE = Path(__file__).parent.parent / "reference" / "deadlines.json"
SOURCE = "Founding order of rules of this portal, section {section}; until the chambers adopt one"


def take_in(apps, schema_editor):
    rule_of = apps.get_model("clocks", "DeadlineRule")
    for row in json.loads(FILE.read_text("utf-8"))["rules"]:
        row["valid_from_date"] = row.pop("valid_from")
        row["legal_source"] = SOURCE.format(section=row.pop("section"))
        rule_of.objects.using(schema_editor.connection.alias).create(calendar="IN", **row)


def take_out(apps, schema_editor):
    rule_of = apps.get_model("clocks", "DeadlineRule")
    rows = rule_of.objects.using(schema_editor.connection.alias)
    rows.filter(code="policy.stay").delete()


class Migration(migrations.Migration):
    dependencies = [("policy", "0009_stays"), ("clocks", "0004_reminders")]
    operations = [migrations.RunPython(take_in, take_out)]
