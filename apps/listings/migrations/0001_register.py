"""The register: providers, listings, versions, lineage, offers, disputes and imports."""

import apps.core.ids
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models

from apps.journal.governed import Governed, Kept


SEQUENCES = """
create sequence listings_provider_numbers;
create sequence listings_listing_numbers;
create sequence listings_dispute_numbers;
"""
UNDO = """
drop sequence listings_provider_numbers, listings_listing_numbers, listings_dispute_numbers;
"""
GOVERNED = (
    "provider",
    "providerclaim",
    "marketplace",
    "accession",
    "listing",
    "listingversion",
    "earlierfacts",
    "evaluation",
    "lineageedge",
    "offer",
    "dispute",
)


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("institutions", "0003_laws"),
        ("licensing", "0002_register_data"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        TrigramExtension(),
        migrations.RunSQL(SEQUENCES, UNDO),
        migrations.CreateModel(
            name="ImportRun",
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
                ("file_name", models.CharField(max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("running", "Running"),
                            ("finished", "Finished"),
                            ("failed", "Stopped by a fault"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("source", models.CharField(max_length=60)),
                ("card_id", models.CharField(blank=True, max_length=300)),
                ("seen", models.PositiveIntegerField(default=0)),
                ("listed", models.PositiveIntegerField(default=0)),
                ("changed", models.PositiveIntegerField(default=0)),
                ("unchanged", models.PositiveIntegerField(default=0)),
                ("refused", models.PositiveIntegerField(default=0)),
                ("error", models.TextField(blank=True)),
                ("created_at", models.DateTimeField()),
                ("progress_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="import_runs",
                        to="institutions.organisation",
                    ),
                ),
                (
                    "started_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="import_runs",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ImportContent",
            fields=[
                (
                    "run",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="content",
                        serialize=False,
                        to="listings.importrun",
                    ),
                ),
                ("body", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="ImportFault",
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
                ("line", models.PositiveIntegerField()),
                ("external_id", models.CharField(blank=True, max_length=300)),
                ("field", models.CharField(blank=True, max_length=60)),
                ("reason", models.TextField()),
                ("remedy", models.TextField(blank=True)),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="faults",
                        to="listings.importrun",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Listing",
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
                ("name", models.CharField(max_length=200)),
                ("slug", models.SlugField(max_length=120)),
                ("source", models.CharField(max_length=60)),
                ("external_id", models.CharField(max_length=300)),
                (
                    "state",
                    models.CharField(
                        choices=[("listed", "Listed"), ("withdrawn", "Withdrawn")],
                        default="listed",
                        max_length=12,
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
                ("words", models.TextField(blank=True)),
                (
                    "search",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.contrib.postgres.search.SearchVector(
                            "words", config="simple"
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
                ("listed_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                (
                    "brought_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="listings",
                        to="institutions.organisation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Follow",
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
                ("since_at", models.DateTimeField()),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="follows",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "listing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="follows",
                        to="listings.listing",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ListingVersion",
            fields=[
                ("revision", models.CharField(blank=True, max_length=100)),
                ("task", models.CharField(blank=True, max_length=60)),
                (
                    "modalities_in",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), default=list, size=None
                    ),
                ),
                (
                    "modalities_out",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), default=list, size=None
                    ),
                ),
                ("params_b", models.FloatField(null=True)),
                ("training_flops_log10", models.FloatField(null=True)),
                ("downloads", models.BigIntegerField(null=True)),
                (
                    "languages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), default=list, size=None
                    ),
                ),
                (
                    "tags",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100), default=list, size=None
                    ),
                ),
                (
                    "statements",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), default=list, size=None
                    ),
                ),
                (
                    "access",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("open", "Open weights"),
                            ("limited", "On request"),
                            ("closed", "As a service only"),
                        ],
                        max_length=10,
                    ),
                ),
                ("released_date", models.DateField(null=True)),
                ("has_model_card", models.BooleanField(null=True)),
                ("human_oversight", models.BooleanField(null=True)),
                ("card_url", models.URLField(blank=True, max_length=500)),
                (
                    "id",
                    models.UUIDField(
                        default=apps.core.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("licence_text", models.CharField(blank=True, max_length=300)),
                ("licence_link", models.CharField(blank=True, max_length=500)),
                ("weight_digest", models.CharField(blank=True, max_length=80)),
                ("published_at", models.DateTimeField()),
                ("declared_at", models.DateTimeField()),
                (
                    "licence",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="licensing.licence",
                    ),
                ),
                (
                    "listing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="listings.listing",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="listing",
            name="current",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="listings.listingversion",
            ),
        ),
        migrations.CreateModel(
            name="LineageEdge",
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
                ("parent_name", models.CharField(max_length=300)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("weights", "its weights"),
                            ("outputs", "its outputs"),
                            ("component", "a part, unchanged"),
                            ("data", "data"),
                            ("reference", "a comparison"),
                            ("unstated", "something the source does not say"),
                        ],
                        max_length=10,
                    ),
                ),
                ("relation", models.CharField(blank=True, max_length=20)),
                (
                    "declared_by",
                    models.CharField(
                        choices=[
                            ("provider", "The provider"),
                            ("source", "The public source it was read from"),
                            ("community", "Someone of the public"),
                        ],
                        max_length=10,
                    ),
                ),
                ("evidence", models.CharField(blank=True, max_length=500)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("declared", "Declared"),
                            ("disputed", "Disputed"),
                            ("confirmed", "Confirmed"),
                            ("rejected", "Rejected"),
                        ],
                        default="declared",
                        max_length=10,
                    ),
                ),
                ("valid_from", models.DateTimeField()),
                ("valid_until", models.DateTimeField(null=True)),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="listings.listing",
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parents",
                        to="listings.listingversion",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Evaluation",
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
                ("kind", models.CharField(max_length=60)),
                ("score", models.FloatField()),
                ("dataset", models.CharField(blank=True, max_length=200)),
                ("measured_date", models.DateField(null=True)),
                ("source", models.CharField(blank=True, max_length=300)),
                ("entered_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evaluations",
                        to="listings.listingversion",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="EarlierFacts",
            fields=[
                ("revision", models.CharField(blank=True, max_length=100)),
                ("task", models.CharField(blank=True, max_length=60)),
                (
                    "modalities_in",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), default=list, size=None
                    ),
                ),
                (
                    "modalities_out",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), default=list, size=None
                    ),
                ),
                ("params_b", models.FloatField(null=True)),
                ("training_flops_log10", models.FloatField(null=True)),
                ("downloads", models.BigIntegerField(null=True)),
                (
                    "languages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), default=list, size=None
                    ),
                ),
                (
                    "tags",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100), default=list, size=None
                    ),
                ),
                (
                    "statements",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), default=list, size=None
                    ),
                ),
                (
                    "access",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("open", "Open weights"),
                            ("limited", "On request"),
                            ("closed", "As a service only"),
                        ],
                        max_length=10,
                    ),
                ),
                ("released_date", models.DateField(null=True)),
                ("has_model_card", models.BooleanField(null=True)),
                ("human_oversight", models.BooleanField(null=True)),
                ("card_url", models.URLField(blank=True, max_length=500)),
                (
                    "id",
                    models.UUIDField(
                        default=apps.core.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("since_at", models.DateTimeField()),
                ("until_at", models.DateTimeField()),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="earlier",
                        to="listings.listingversion",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Dispute",
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
                ("fact", models.CharField(blank=True, max_length=40)),
                ("statement", models.TextField()),
                ("evidence", models.URLField(blank=True, max_length=500)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("opened", "Open"),
                            ("upheld", "Upheld: the record was wrong"),
                            ("dismissed", "Dismissed: the record stands"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="opened",
                        max_length=10,
                    ),
                ),
                ("answer", models.TextField(blank=True)),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "raised_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="listing_disputes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "edge",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="disputes",
                        to="listings.lineageedge",
                    ),
                ),
                (
                    "listing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="disputes",
                        to="listings.listing",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="disputes",
                        to="listings.listingversion",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Marketplace",
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
                ("name", models.CharField(max_length=200)),
                ("slug", models.SlugField(max_length=120, unique=True)),
                ("website", models.URLField(blank=True, max_length=300)),
                ("entered_at", models.DateTimeField()),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="marketplaces",
                        to="institutions.organisation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Accession",
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
                    "rule_kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=12), size=None
                    ),
                ),
                (
                    "jurisdictions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=8), default=list, size=None
                    ),
                ),
                ("basis", models.TextField()),
                ("from_at", models.DateTimeField()),
                ("until_at", models.DateTimeField(null=True)),
                (
                    "marketplace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="accessions",
                        to="listings.marketplace",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Offer",
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
                ("sku", models.CharField(max_length=120)),
                ("offered_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "listing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offers",
                        to="listings.listing",
                    ),
                ),
                (
                    "marketplace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offers",
                        to="listings.marketplace",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Provider",
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
                ("name", models.CharField(max_length=200)),
                ("slug", models.SlugField(max_length=120, unique=True)),
                ("country", models.CharField(blank=True, max_length=2)),
                ("website", models.URLField(blank=True, max_length=300)),
                ("claimed_at", models.DateTimeField(null=True)),
                ("entered_at", models.DateTimeField()),
                (
                    "claimed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="providers",
                        to="institutions.organisation",
                    ),
                ),
                (
                    "owner_group",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="providers",
                        to="institutions.ownergroup",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="listing",
            name="provider",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="listings",
                to="listings.provider",
            ),
        ),
        migrations.CreateModel(
            name="ProviderClaim",
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
                    "state",
                    models.CharField(
                        choices=[
                            ("opened", "Waiting for proof"),
                            ("confirmed", "Confirmed"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="opened",
                        max_length=12,
                    ),
                ),
                ("proof_address", models.EmailField(blank=True, max_length=254)),
                ("proof_digest", models.CharField(blank=True, max_length=64)),
                ("proof_until_at", models.DateTimeField(null=True)),
                ("statement", models.TextField(blank=True)),
                ("reason", models.TextField(blank=True)),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="provider_claims",
                        to="institutions.organisation",
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="listings.provider",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="importrun",
            index=models.Index(
                fields=["organisation", "-created_at", "id"], name="listings_runs_of"
            ),
        ),
        migrations.AddIndex(
            model_name="importrun",
            index=models.Index(
                condition=models.Q(("state__in", ["waiting", "running"])),
                fields=["progress_at"],
                name="listings_runs_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="importrun",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["waiting", "running", "finished", "failed"])),
                name="listings_run_state",
            ),
        ),
        migrations.AddIndex(
            model_name="importfault",
            index=models.Index(fields=["run", "line", "id"], name="listings_faults_of"),
        ),
        migrations.AddConstraint(
            model_name="follow",
            constraint=models.UniqueConstraint(
                fields=("user", "listing"), name="listings_follow_once"
            ),
        ),
        migrations.AddIndex(
            model_name="listingversion",
            index=models.Index(
                condition=models.Q(("weight_digest", ""), _negated=True),
                fields=["weight_digest"],
                name="listings_by_weights",
            ),
        ),
        migrations.AddIndex(
            model_name="listingversion",
            index=models.Index(
                condition=models.Q(("revision", ""), _negated=True),
                fields=["revision"],
                name="listings_by_revision",
            ),
        ),
        migrations.AddIndex(
            model_name="listingversion",
            index=models.Index(fields=["licence", "id"], name="listings_by_licence"),
        ),
        migrations.AddIndex(
            model_name="listingversion",
            index=models.Index(fields=["task", "id"], name="listings_by_task"),
        ),
        migrations.AddConstraint(
            model_name="listingversion",
            constraint=models.UniqueConstraint(
                fields=("listing", "number"), name="listings_version_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="listingversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("access__in", ["", "open", "limited", "closed"])),
                name="listings_access",
            ),
        ),
        migrations.AddConstraint(
            model_name="listingversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("downloads", None), ("downloads__gte", 0), _connector="OR"),
                    models.Q(("params_b", None), ("params_b__gte", 0), _connector="OR"),
                ),
                name="listings_counts_are_not_negative",
            ),
        ),
        migrations.AddIndex(
            model_name="lineageedge",
            index=models.Index(fields=["parent", "child"], name="listings_children"),
        ),
        migrations.AddIndex(
            model_name="lineageedge",
            index=models.Index(
                django.db.models.functions.text.Lower("parent_name"),
                condition=models.Q(("parent", None), ("valid_until", None)),
                name="listings_orphans",
            ),
        ),
        migrations.AddConstraint(
            model_name="lineageedge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["declared", "disputed", "confirmed", "rejected"])
                ),
                name="listings_edge_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="lineageedge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        ["weights", "outputs", "component", "data", "reference", "unstated"],
                    )
                ),
                name="listings_edge_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="lineageedge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_until", None),
                    ("valid_until__gte", models.F("valid_from")),
                    _connector="OR",
                ),
                name="listings_edge_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="lineageedge",
            constraint=models.UniqueConstraint(
                models.F("child"),
                django.db.models.functions.text.Lower("parent_name"),
                models.F("kind"),
                condition=models.Q(("valid_until", None)),
                name="listings_one_edge_each",
            ),
        ),
        migrations.AddConstraint(
            model_name="evaluation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("version", "kind", "dataset", "source"),
                name="listings_one_result_each",
            ),
        ),
        migrations.AddIndex(
            model_name="earlierfacts",
            index=models.Index(fields=["version", "since_at"], name="listings_earlier_facts"),
        ),
        migrations.AddConstraint(
            model_name="earlierfacts",
            constraint=models.CheckConstraint(
                condition=models.Q(("until_at__gte", models.F("since_at"))),
                name="listings_earlier_period",
            ),
        ),
        migrations.AddIndex(
            model_name="dispute",
            index=models.Index(fields=["state", "opened_at", "id"], name="listings_disputes_open"),
        ),
        migrations.AddIndex(
            model_name="dispute",
            index=models.Index(fields=["listing", "-opened_at", "id"], name="listings_disputes_of"),
        ),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["opened", "upheld", "dismissed", "withdrawn"])),
                name="listings_dispute_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("edge", None), models.Q(("fact", ""), _negated=True)),
                    models.Q(("edge__isnull", False), ("fact", "")),
                    _connector="OR",
                ),
                name="listings_dispute_of_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "opened")),
                fields=("edge",),
                name="listings_one_open_dispute_per_edge",
            ),
        ),
        migrations.AddIndex(
            model_name="marketplace",
            index=models.Index(fields=["organisation", "id"], name="listings_marketplaces_of"),
        ),
        migrations.AddIndex(
            model_name="accession",
            index=models.Index(fields=["marketplace", "from_at"], name="listings_accessions_of"),
        ),
        migrations.AddConstraint(
            model_name="accession",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until_at", None), ("until_at__gt", models.F("from_at")), _connector="OR"
                ),
                name="listings_accession_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="accession",
            constraint=models.CheckConstraint(
                condition=models.Q(("rule_kinds__len__gte", 1)), name="listings_accession_binds"
            ),
        ),
        migrations.AddIndex(
            model_name="offer",
            index=models.Index(fields=["listing", "id"], name="listings_offers_of"),
        ),
        migrations.AddIndex(
            model_name="offer",
            index=models.Index(fields=["marketplace", "sku", "id"], name="listings_offers_by_sku"),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("marketplace", "sku"),
                name="listings_one_listing_per_sku",
            ),
        ),
        migrations.AddIndex(
            model_name="provider",
            index=models.Index(fields=["name", "id"], name="listings_provider_by_name"),
        ),
        migrations.AddIndex(
            model_name="provider",
            index=models.Index(fields=["claimed_by", "id"], name="listings_provider_claimed"),
        ),
        migrations.AddConstraint(
            model_name="provider",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("claimed_at", None), ("claimed_by", None)),
                    models.Q(("claimed_at__isnull", False), ("claimed_by__isnull", False)),
                    _connector="OR",
                ),
                name="listings_claim_is_dated",
            ),
        ),
        migrations.AddIndex(
            model_name="listing",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search"], name="listings_search"
            ),
        ),
        migrations.AddIndex(
            model_name="listing",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass("words", name="gin_trgm_ops"),
                name="listings_words",
            ),
        ),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(fields=["name", "id"], name="listings_by_name"),
        ),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(fields=["-listed_at", "id"], name="listings_newest"),
        ),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(fields=["-changed_at", "id"], name="listings_changed"),
        ),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(fields=["provider", "name", "id"], name="listings_of_provider"),
        ),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(fields=["brought_by", "name", "id"], name="listings_brought_by"),
        ),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(
                django.db.models.functions.text.Lower("name"), name="listings_name_key"
            ),
        ),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(
                django.db.models.functions.text.Lower("external_id"), name="listings_external_key"
            ),
        ),
        migrations.AddConstraint(
            model_name="listing",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["listed", "withdrawn"])),
                name="listings_listing_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="listing",
            constraint=models.UniqueConstraint(
                fields=("source", "external_id"), name="listings_one_per_source_and_id"
            ),
        ),
        migrations.AddIndex(
            model_name="providerclaim",
            index=models.Index(fields=["state", "opened_at", "id"], name="listings_claims_open"),
        ),
        migrations.AddConstraint(
            model_name="providerclaim",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["opened", "confirmed", "refused", "withdrawn"])),
                name="listings_claim_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="providerclaim",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "opened")),
                fields=("provider", "organisation"),
                name="listings_one_open_claim_each",
            ),
        ),
        migrations.AddConstraint(
            model_name="providerclaim",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "confirmed")),
                fields=("provider",),
                name="listings_one_confirmed_claim",
            ),
        ),
        *(Governed(f"listings_{name}") for name in GOVERNED),
        *(Kept(f"listings_{name}") for name in GOVERNED),
    ]
