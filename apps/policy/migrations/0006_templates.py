"""Rules that a draft can begin from."""

import apps.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("policy", "0005_factors"),
    ]

    operations = [
        migrations.CreateModel(
            name="RuleTemplate",
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
                ("slug", models.SlugField(max_length=40)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("name_en", models.TextField()),
                ("name_hi", models.TextField()),
                ("explains_en", models.TextField()),
                ("explains_hi", models.TextField()),
                ("source", models.TextField()),
                ("draft", models.JSONField()),
                ("ends_after_days", models.PositiveSmallIntegerField()),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField(blank=True, null=True)),
            ],
            options={
                "ordering": ["position", "slug"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("slug", "valid_from"), name="policy_one_template"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until__isnull", True),
                            ("valid_until__gt", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="policy_template_dates",
                    ),
                ],
            },
        ),
    ]
