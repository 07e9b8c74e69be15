"""Every procedure says its notice."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("voting", "0005_reference_notice")]
    operations = [
        migrations.AlterField(
            "proceduresettings", "notice_days", models.PositiveSmallIntegerField()
        ),
    ]
