"""What rule versions were to change, kept for good."""

import apps.core.ids
import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from apps.journal.governed import AppendOnly


class Migration(migrations.Migration):
    dependencies = [
        ("compliance", "0009_extremes"),
        ("policy", "0003_uses"),
    ]

    operations = [
        migrations.CreateModel(
            name="RuleImpact",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=apps.core.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "occasion",
                    models.TextField(
                        choices=[
                            ("entered", "When it entered the register"),
                            ("begun", "When it began"),
                        ]
                    ),
                ),
                ("text_hash", models.CharField(max_length=64)),
                ("listings", models.PositiveIntegerField()),
                (
                    "fires",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), default=list, size=None
                    ),
                ),
                ("document", models.JSONField()),
                ("digest", models.CharField(max_length=64)),
                ("computed_at", models.DateTimeField()),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="impacts",
                        to="policy.ruleversion",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("version", "occasion"), name="compliance_one_impact_each"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("occasion__in", ["entered", "begun"])),
                        name="compliance_impact_occasion",
                    ),
                ],
            },
        ),
        AppendOnly("compliance_ruleimpact"),
    ]
