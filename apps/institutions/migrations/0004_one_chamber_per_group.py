"""An organisation without an owner group is a group of its own in the chambers."""

import apps.institutions.periods
import django.contrib.postgres.constraints
import django.db.models.functions.comparison
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("institutions", "0003_laws"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="seatterm",
            name="institutions_one_chamber_per_group",
        ),
        migrations.AddConstraint(
            model_name="seatterm",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    (
                        django.db.models.functions.comparison.Coalesce(
                            "owner_group", "organisation"
                        ),
                        "=",
                    ),
                    (models.F("chamber"), "<>"),
                    (apps.institutions.periods.Period("from_at", "until_at"), "&&"),
                ],
                name="institutions_one_chamber_per_group",
            ),
        ),
    ]
