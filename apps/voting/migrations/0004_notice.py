"""How many days lie between the call of a ballot and its opening."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("voting", "0003_reference_2026_11")]
    operations = [
        migrations.AddField(
            "proceduresettings", "notice_days", models.PositiveSmallIntegerField(null=True)
        ),
        migrations.AddField(
            "proceduresettings",
            "notice_source",
            models.CharField(max_length=300, default=""),
            preserve_default=False,
        ),
    ]
