"""No round moves without an act; a verdict is never rewritten."""

from django.db import migrations

from apps.journal.governed import AppendOnly, Governed, Kept


class Migration(migrations.Migration):
    dependencies = [("reviews", "0001_rounds"), ("journal", "0001_journal")]
    operations = [
        *[Governed(f"reviews_{noun}") for noun in ("reviewround", "assignment", "verdict")],
        *[Kept(f"reviews_{noun}") for noun in ("reviewround", "assignment")],
        AppendOnly("reviews_verdict"),
    ]
