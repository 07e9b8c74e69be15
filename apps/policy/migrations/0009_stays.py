"""Stays of rules by two chairs, under the journal's law."""

import apps.core.ids
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from apps.journal.governed import Governed, Kept


class Migration(migrations.Migration):
    dependencies = [
        ("institutions", "0006_duty_roster_law"),
        ("policy", "0008_divergences"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RuleStay",
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
                ("reasons", models.TextField()),
                ("asked_at", models.DateTimeField()),
                ("countersigned_at", models.DateTimeField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "One chair has asked"),
                            ("stayed", "Two chairs stay the rule"),
                            ("lifted", "It was lifted"),
                            ("withdrawn", "It was withdrawn"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("until_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked_for",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="institutions.chamber",
                    ),
                ),
                (
                    "countersigned_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "countersigned_for",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="institutions.chamber",
                    ),
                ),
                (
                    "divergence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stays",
                        to="policy.divergence",
                    ),
                ),
                (
                    "resumes",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="resumes_from",
                        to="policy.ruleversion",
                    ),
                ),
                (
                    "stayed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stays",
                        to="policy.ruleversion",
                    ),
                ),
                (
                    "trial",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stays_for",
                        to="policy.ruleversion",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["divergence", "-asked_at", "id"], name="policy_stays_of"),
                    models.Index(
                        condition=models.Q(("state", "asked")),
                        fields=["asked_at", "id"],
                        name="policy_stays_waiting",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["asked", "stayed", "lifted", "withdrawn"])
                        ),
                        name="policy_stay_state",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "asked")),
                        fields=("stayed",),
                        name="policy_one_stay_asked",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("countersigned_by", models.F("asked_by")), _negated=True
                        ),
                        name="policy_stay_two_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("countersigned_for", models.F("asked_for")), _negated=True
                        ),
                        name="policy_stay_two_chambers",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("countersigned_at__isnull", False),
                                ("countersigned_by__isnull", False),
                                ("countersigned_for__isnull", False),
                                ("state__in", ("stayed", "lifted")),
                                ("trial__isnull", False),
                                ("until_at__isnull", False),
                            ),
                            models.Q(
                                models.Q(("state__in", ("stayed", "lifted")), _negated=True),
                                ("countersigned_by", None),
                                ("trial", None),
                                ("until_at", None),
                            ),
                            _connector="OR",
                        ),
                        name="policy_stay_countersigned",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="divergence",
            index=models.Index(
                condition=models.Q(("state", "filed")),
                fields=["filed_at", "id"],
                name="policy_divergences_waiting",
            ),
        ),
        Governed("policy_rulestay"),
        Kept("policy_rulestay"),
    ]
