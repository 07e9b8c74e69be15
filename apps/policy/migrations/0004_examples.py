"""What authors say that their rules answer, kept with each version."""

import django.db.models.deletion
from django.db import migrations, models

import apps.core.ids
from apps.journal.governed import AppendOnly, Governed


class Migration(migrations.Migration):
    dependencies = [("policy", "0003_uses"), ("journal", "0001_journal")]
    operations = [
        migrations.CreateModel(
            name="RuleExample",
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
                ("number", models.PositiveSmallIntegerField()),
                ("listing", models.JSONField(default=dict)),
                ("req", models.JSONField(default=dict)),
                ("fires", models.BooleanField()),
                ("note", models.TextField(blank=True)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="examples",
                        to="policy.ruleversion",
                    ),
                ),
            ],
            options={
                "ordering": ["version", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("version", "number"), name="policy_one_example_number"
                    )
                ],
            },
        ),
        Governed("policy_ruleexample"),
        AppendOnly("policy_ruleexample"),
    ]
