"""The licence register and the queue of names it does not know."""

import apps.core.ids
import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from apps.journal.governed import Governed, Kept


class Migration(migrations.Migration):
    initial = True

    dependencies = [("journal", "0001_journal")]

    operations = [
        migrations.CreateModel(
            name="Edition",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=40)),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("loaded_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("loaded_at",),
            },
        ),
        migrations.CreateModel(
            name="Term",
            fields=[
                ("code", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("summary", models.TextField()),
            ],
            options={
                "ordering": ("code",),
            },
        ),
        migrations.CreateModel(
            name="UseRestriction",
            fields=[
                ("code", models.CharField(max_length=3, primary_key=True, serialize=False)),
                ("key", models.CharField(max_length=40, unique=True)),
                ("summary", models.TextField()),
                (
                    "risks",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), default=list, size=None
                    ),
                ),
            ],
            options={
                "ordering": ("code",),
            },
        ),
        migrations.CreateModel(
            name="Licence",
            fields=[
                ("id", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=160)),
                ("family", models.CharField(max_length=40)),
                ("spdx_id", models.CharField(blank=True, max_length=100)),
                ("scancode_ref", models.CharField(blank=True, max_length=100)),
                ("hf_id", models.CharField(blank=True, max_length=64)),
                ("category", models.CharField(max_length=40)),
                ("flow_mode", models.CharField(max_length=40)),
                ("confidence", models.CharField(max_length=10)),
                ("source", models.TextField()),
                ("note", models.TextField(blank=True)),
                ("name_prefix", models.CharField(blank=True, max_length=40)),
                ("monthly_users_below", models.BigIntegerField(null=True)),
                ("yearly_revenue_usd_below", models.BigIntegerField(null=True)),
                (
                    "excluded_territory",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), default=list, size=None
                    ),
                ),
                ("ambiguous", models.BooleanField(default=False)),
                ("effective_date", models.DateField(null=True)),
                ("ended_date", models.DateField(null=True)),
            ],
            options={
                "ordering": ("id",),
                "indexes": [models.Index(fields=["family", "id"], name="licensing_licence_family")],
            },
        ),
        migrations.CreateModel(
            name="LicenceAlias",
            fields=[
                ("key", models.CharField(max_length=300, primary_key=True, serialize=False)),
                ("text", models.CharField(max_length=300)),
                ("source", models.TextField()),
                (
                    "licence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="aliases",
                        to="licensing.licence",
                    ),
                ),
            ],
            options={
                "ordering": ("key",),
            },
        ),
        migrations.CreateModel(
            name="LicenceTerm",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "licence_id",
                        "term_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("ended_date", models.DateField(null=True)),
                (
                    "licence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="terms",
                        to="licensing.licence",
                    ),
                ),
                (
                    "term",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="licensing.term",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RestrictionUse",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "restriction_id",
                        "use",
                        "valid_from",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("use", models.CharField(max_length=40)),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField(null=True)),
                ("source", models.TextField()),
                (
                    "restriction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uses",
                        to="licensing.userestriction",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LicenceRestriction",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "licence_id",
                        "restriction_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("place", models.CharField(max_length=60)),
                ("ended_date", models.DateField(null=True)),
                (
                    "licence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="restrictions",
                        to="licensing.licence",
                    ),
                ),
                (
                    "restriction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="licensing.userestriction",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="UnresolvedLicence",
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
                ("key", models.CharField(max_length=300, unique=True)),
                ("text", models.CharField(max_length=300)),
                ("link", models.CharField(blank=True, max_length=500)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting for review"),
                            ("settled", "Settled: it names a licence of the register"),
                            ("set-aside", "Set aside: it names no licence"),
                        ],
                        default="waiting",
                        max_length=12,
                    ),
                ),
                ("met_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "licence",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="licensing.licence",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["state", "met_at", "id"], name="licensing_names_waiting")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "settled", "set-aside"])),
                        name="licensing_name_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("licence__isnull", False), ("state", "settled")),
                            models.Q(
                                models.Q(("state", "settled"), _negated=True),
                                ("licence__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="licensing_settled_names_a_licence",
                    ),
                ],
            },
        ),
        Governed("licensing_unresolvedlicence"),
        Kept("licensing_unresolvedlicence"),
    ]
