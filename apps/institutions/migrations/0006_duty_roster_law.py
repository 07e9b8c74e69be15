"""No shift changes without its act, and none is deleted."""

from django.db import migrations

from apps.journal.governed import Governed, Kept


class Migration(migrations.Migration):
    dependencies = [("institutions", "0005_duty_roster"), ("journal", "0001_journal")]
    operations = [Governed("institutions_dutyshift"), Kept("institutions_dutyshift")]
