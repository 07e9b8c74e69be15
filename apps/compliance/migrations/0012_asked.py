"""What was asked and answered: each asker's own log, and counts that name nobody."""

import django.contrib.postgres.indexes
from django.db import migrations, models

from apps.journal.governed import Unchanged


class Migration(migrations.Migration):
    dependencies = [
        ("compliance", "0011_simulations"),
    ]

    operations = [
        migrations.CreateModel(
            name="AskedLoss",
            fields=[
                ("day_date", models.DateField(primary_key=True, serialize=False)),
                ("questions", models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="AskedCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day_date", models.DateField()),
                (
                    "outcome",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "Allowed"),
                            (1, "With conditions"),
                            (2, "Restricted"),
                            (3, "Suspended"),
                            (4, "Prohibited"),
                        ]
                    ),
                ),
                ("use", models.TextField()),
                ("jurisdiction", models.TextField()),
                ("questions", models.BigIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("day_date", "outcome", "use", "jurisdiction"),
                        name="compliance_asked_counted_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AskedQuestion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("asker", models.UUIDField()),
                ("asked_at", models.DateTimeField()),
                ("model", models.TextField()),
                ("digest", models.TextField()),
                ("marketplace", models.UUIDField(null=True)),
                ("asked_version", models.IntegerField(null=True)),
                ("use", models.TextField()),
                ("jurisdiction", models.TextField()),
                ("commercial", models.BooleanField()),
                ("listing", models.TextField()),
                ("version", models.IntegerField(null=True)),
                (
                    "outcome",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "Allowed"),
                            (1, "With conditions"),
                            (2, "Restricted"),
                            (3, "Suspended"),
                            (4, "Prohibited"),
                        ]
                    ),
                ),
                ("facts_version", models.BigIntegerField(null=True)),
                ("ruleset_version", models.BigIntegerField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["asker", "-asked_at", "-id"], name="compliance_asked_of"),
                    models.Index(
                        fields=["asker", "listing", "-asked_at", "-id"],
                        name="compliance_asked_listing",
                    ),
                    models.Index(
                        fields=["asker", "outcome", "-asked_at", "-id"],
                        name="compliance_asked_outcome",
                    ),
                    django.contrib.postgres.indexes.BrinIndex(
                        fields=["asked_at"], name="compliance_asked_age"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", [0, 1, 2, 3, 4])),
                        name="compliance_asked_answer",
                    )
                ],
            },
        ),
        Unchanged("compliance_askedquestion"),
    ]
