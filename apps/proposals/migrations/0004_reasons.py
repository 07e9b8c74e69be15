"""Why a rule is needed, beside its text; and when the latest consultation opened."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("proposals", "0003_reference_2026_11")]
    operations = [
        migrations.AddField("proposal", "consulted_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "revision",
            "justification",
            models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
    ]
