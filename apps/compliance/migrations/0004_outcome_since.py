"""Since when a standing's outcome has been the same, whatever its reasons."""

from django.db import migrations, models
from django.utils import timezone

FILL = "update compliance_standing set outcome_since_at = since_at"


class Migration(migrations.Migration):
    dependencies = [("compliance", "0003_last_round")]
    operations = [
        migrations.AddField(
            model_name="standing",
            name="outcome_since_at",
            field=models.DateTimeField(default=timezone.now),
            preserve_default=False,
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
