"""Impacts keep their breakdowns."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("proposals", "0010_followers")]
    operations = [
        migrations.AddField("impact", "document", models.JSONField(blank=True, default=dict)),
    ]
