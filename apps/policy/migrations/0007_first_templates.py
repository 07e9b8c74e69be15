"""Load the first templates."""

import json
from pathlib import Path

from django.db import migrations

FILE = Path(__file__).resolve().parent.parent / "reference" / "templates.json"


def load(apps, schema_editor):
    template = apps.get_model("policy", "RuleTemplate")
    for position, row in enumerate(json.loads(FILE.read_text("utf-8"))["templates"]):
        template.objects.update_or_create(
            slug=row["slug"],
            valid_from=row["valid_from"],
            defaults={
                "position": position,
                "name_en": row["name"]["en"],
                "name_hi": row["name"]["hi"],
                "explains_en": row["explains"]["en"],
                "explains_hi": row["explains"]["hi"],
                "source": row["source"],
                "draft": row["draft"],
                "ends_after_days": row["ends_after_days"],
                "valid_until": row.get("valid_until"),
            },
        )


class Migration(migrations.Migration):
    dependencies = [("policy", "0006_templates")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
