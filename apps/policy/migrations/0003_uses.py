"""Load the list of uses."""

import json
from pathlib import Path

from django.db import migrations

FILE = Path(__file__).resolve().parent.parent / "reference" / "uses.json"


def load(apps, schema_editor):
    use = apps.get_model("policy", "Use")
    for position, row in enumerate(json.loads(FILE.read_text("utf-8"))["uses"]):
        use.objects.update_or_create(
            slug=row["slug"],
            defaults={
                "name_en": row["name"]["en"],
                "name_hi": row["name"]["hi"],
                "description": row["description"],
                "position": position,
                "valid_from": row["valid_from"],
                "valid_until": row.get("valid_until"),
            },
        )


class Migration(migrations.Migration):
    dependencies = [("policy", "0002_law")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
