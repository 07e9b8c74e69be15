"""Standings under the journal's law: grants and measures need an act, and nothing is deleted."""

from django.db import migrations

from apps.journal.governed import Governed, Kept

COMPUTED = ["facts", "standing", "finding", "duty"]
GRANTED = ["sandbox", "exemption", "measure", "incidentcount"]
CODES = ["sandbox", "exemption", "measure"]


class Migration(migrations.Migration):
    dependencies = [("compliance", "0001_standings"), ("journal", "0001_journal")]
    operations = [
        *[
            migrations.RunSQL(
                f"create sequence compliance_{noun}_code;", f"drop sequence compliance_{noun}_code;"
            )
            for noun in CODES
        ],
        *[Governed(f"compliance_{noun}") for noun in GRANTED],
        *[Kept(f"compliance_{noun}") for noun in [*COMPUTED, *GRANTED]],
    ]
