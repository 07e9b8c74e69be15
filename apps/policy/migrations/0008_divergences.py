"""Notices that the text of a rule and its expression part, under the journal's law."""

import apps.core.ids
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


from apps.journal.governed import Governed, Kept


class Migration(migrations.Migration):
    dependencies = [
        ("policy", "0007_first_templates"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Divergence",
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
                ("code", models.CharField(max_length=20, unique=True)),
                ("clause_number", models.PositiveSmallIntegerField(null=True)),
                ("statement", models.TextField()),
                ("listing_code", models.CharField(blank=True, max_length=20)),
                ("filed_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("filed", "Waiting for an answer"),
                            ("confirmed", "They part: the text prevails"),
                            ("rejected", "They agree"),
                        ],
                        default="filed",
                        max_length=10,
                    ),
                ),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "filed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="divergences",
                        to="policy.ruleversion",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["version", "-filed_at", "id"], name="policy_divergences_of"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["filed", "confirmed", "rejected"])),
                        name="policy_divergence_state",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "filed")),
                        fields=("filed_by", "version", "clause_number"),
                        name="policy_one_open_divergence",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at", None), ("state", "filed")),
                            models.Q(
                                models.Q(("state", "filed"), _negated=True),
                                models.Q(("answer", ""), _negated=True),
                                models.Q(("answered_at", None), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="policy_divergence_answered",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            "create sequence policy_divergence_number;",
            "drop sequence policy_divergence_number;",
        ),
        Governed("policy_divergence"),
        Kept("policy_divergence"),
    ]
