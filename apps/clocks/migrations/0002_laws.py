"""No clock moves without an act; what happened to one is never rewritten."""

from django.db import migrations

from apps.journal.governed import AppendOnly, Governed, Kept


class Migration(migrations.Migration):
    dependencies = [("clocks", "0001_deadlines"), ("journal", "0001_journal")]
    operations = [
        Governed("clocks_clock"),
        Kept("clocks_clock"),
        Governed("clocks_clockevent"),
        AppendOnly("clocks_clockevent"),
    ]
