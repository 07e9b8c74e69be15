"""Organisations, chambers, offices, mandates, invitations, tokens and the charter."""

import apps.core.ids
import apps.institutions.periods
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import uuid
from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("institutions", "0001_people"),
    ]

    operations = [
        BtreeGistExtension(),
        migrations.CreateModel(
            name="OwnerGroup",
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
                ("name", models.CharField(max_length=200, unique=True, verbose_name="name")),
            ],
        ),
        migrations.CreateModel(
            name="Chamber",
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
                    "sector",
                    models.CharField(
                        choices=[
                            ("samaj", "Samaj (society)"),
                            ("sarkar", "Sarkar (state)"),
                            ("bazaar", "Bazaar (market)"),
                        ],
                        max_length=8,
                        unique=True,
                        verbose_name="sector",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("sector__in", ["samaj", "sarkar", "bazaar"])),
                        name="institutions_chamber_sector",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Charter",
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
                ("number", models.PositiveIntegerField(unique=True, verbose_name="version")),
                ("operator", models.CharField(max_length=200, verbose_name="operator")),
                ("contact", models.EmailField(max_length=254, verbose_name="contact")),
                ("funding", models.TextField(verbose_name="who funds the portal")),
                ("founding_terms", models.TextField(verbose_name="founding terms")),
                ("founding_from_date", models.DateField(verbose_name="founding terms begin")),
                ("founding_until_date", models.DateField(verbose_name="founding terms end")),
                ("source", models.CharField(max_length=500, verbose_name="source")),
                ("in_force_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("founding_until_date__gt", models.F("founding_from_date"))
                        ),
                        name="institutions_founding_terms_end",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="IdempotencyKey",
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
                ("owner", models.UUIDField()),
                ("key", models.CharField(max_length=120)),
                ("request_digest", models.CharField(max_length=64)),
                ("status", models.PositiveSmallIntegerField(null=True)),
                ("body", models.TextField(blank=True)),
                ("content_type", models.CharField(blank=True, max_length=80)),
                ("location", models.CharField(blank=True, max_length=500)),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["made_at"], name="institutions_keys_by_age")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("owner", "key"), name="institutions_one_answer_per_key"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Organisation",
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
                    "code",
                    models.CharField(max_length=20, unique=True, verbose_name="reference code"),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "sector",
                    models.CharField(
                        choices=[
                            ("samaj", "Samaj (society)"),
                            ("sarkar", "Sarkar (state)"),
                            ("bazaar", "Bazaar (market)"),
                        ],
                        max_length=8,
                        verbose_name="sector",
                    ),
                ),
                ("jurisdiction", models.CharField(max_length=8, verbose_name="jurisdiction")),
                ("website", models.URLField(blank=True, max_length=300, verbose_name="website")),
                (
                    "email_domain",
                    models.CharField(blank=True, max_length=200, verbose_name="e-mail domain"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("registered", "Registered, not yet confirmed"),
                            ("confirmed", "Confirmed"),
                            ("refused", "Refused"),
                            ("suspended", "Suspended"),
                        ],
                        default="registered",
                        max_length=12,
                    ),
                ),
                ("registered_at", models.DateTimeField()),
                ("is_demo", models.BooleanField(default=False)),
                (
                    "owner_group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="organisations",
                        to="institutions.ownergroup",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Seat",
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
                ("number", models.PositiveIntegerField(verbose_name="number")),
                (
                    "chamber",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seats",
                        to="institutions.chamber",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Invitation",
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
                ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
                ("digest", models.CharField(max_length=64, unique=True)),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        choices=[("owner", "Owner"), ("member", "Member")],
                        max_length=8,
                        verbose_name="role",
                    ),
                ),
                (
                    "office",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("administrator", "Administrator"),
                            ("regulator", "Regulator"),
                            ("clerk", "Clerk"),
                            ("registrar", "Registrar"),
                            ("teller", "Teller"),
                            ("chair", "Chair"),
                        ],
                        max_length=16,
                        verbose_name="office",
                    ),
                ),
                ("term_until_at", models.DateTimeField(null=True)),
                (
                    "basis",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="how appointed or elected"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("sent", "Sent"),
                            ("accepted", "Accepted"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="sent",
                        max_length=12,
                    ),
                ),
                ("sent_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("accepted_at", models.DateTimeField(null=True)),
                (
                    "accepted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations_accepted",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "chamber",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="institutions.chamber",
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations_sent",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="institutions.organisation",
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="institutions.seat",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SeatTerm",
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
                ("from_at", models.DateTimeField()),
                ("until_at", models.DateTimeField()),
                (
                    "basis",
                    models.CharField(max_length=300, verbose_name="how appointed or elected"),
                ),
                (
                    "chamber",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="terms",
                        to="institutions.chamber",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seat_terms",
                        to="institutions.organisation",
                    ),
                ),
                (
                    "owner_group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seat_terms",
                        to="institutions.ownergroup",
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="terms",
                        to="institutions.seat",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seat_terms",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Suspension",
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
                    "reason",
                    models.TextField(
                        max_length=2000, verbose_name="reason, as the person reads it"
                    ),
                ),
                ("from_at", models.DateTimeField()),
                ("until_at", models.DateTimeField(null=True)),
                (
                    "lifted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ordered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="suspensions",
                        to="institutions.organisation",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="suspensions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ChamberTerms",
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
                ("seats", models.PositiveIntegerField(verbose_name="seats")),
                ("appointment", models.TextField(verbose_name="who appoints or elects it")),
                ("eligibility", models.TextField(verbose_name="who may sit in it")),
                (
                    "chamber",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="terms_in_charters",
                        to="institutions.chamber",
                    ),
                ),
                (
                    "charter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="chambers",
                        to="institutions.charter",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("charter", "chamber"), name="institutions_one_text_per_chamber"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ErasureRequest",
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
                            ("requested", "Requested"),
                            ("withdrawn", "Withdrawn"),
                            ("refused", "Refused"),
                            ("done", "Done"),
                        ],
                        default="requested",
                        max_length=12,
                    ),
                ),
                ("requested_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "answer",
                    models.TextField(
                        blank=True, max_length=2000, verbose_name="answer, as the person reads it"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="erasure_requests",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["state", "requested_at"], name="institutions_erasures_due")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["requested", "withdrawn", "refused", "done"])
                        ),
                        name="institutions_erasure_state",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "requested")),
                        fields=("user",),
                        name="institutions_one_open_erasure_request",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Mandate",
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
                ("jurisdiction", models.CharField(max_length=8, verbose_name="jurisdiction")),
                (
                    "subject",
                    models.CharField(
                        choices=[
                            ("models", "models on offer and the rules on them"),
                            ("misuse", "reports of misuse and their cases"),
                        ],
                        max_length=16,
                        verbose_name="subject",
                    ),
                ),
                ("legal_basis", models.CharField(max_length=300, verbose_name="legal basis")),
                ("from_at", models.DateTimeField()),
                ("until_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mandates",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_at__isnull", True),
                            ("until_at__gte", models.F("from_at")),
                            _connector="OR",
                        ),
                        name="institutions_mandate_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("subject__in", ["models", "misuse"])),
                        name="institutions_mandate_subject",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (models.F("user"), "="),
                            (models.F("jurisdiction"), "="),
                            (models.F("subject"), "="),
                            (apps.institutions.periods.Period("from_at", "until_at"), "&&"),
                        ],
                        name="institutions_one_mandate_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OfficeHolding",
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
                    "office",
                    models.CharField(
                        choices=[
                            ("administrator", "Administrator"),
                            ("regulator", "Regulator"),
                            ("clerk", "Clerk"),
                            ("registrar", "Registrar"),
                            ("teller", "Teller"),
                            ("chair", "Chair"),
                        ],
                        max_length=16,
                        verbose_name="office",
                    ),
                ),
                ("from_at", models.DateTimeField()),
                ("until_at", models.DateTimeField(null=True)),
                (
                    "chamber",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offices",
                        to="institutions.chamber",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offices",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_at__isnull", True),
                            ("until_at__gte", models.F("from_at")),
                            _connector="OR",
                        ),
                        name="institutions_office_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "office__in",
                                [
                                    "administrator",
                                    "regulator",
                                    "clerk",
                                    "registrar",
                                    "teller",
                                    "chair",
                                ],
                            )
                        ),
                        name="institutions_office",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("chamber__isnull", False), ("office__in", ("chair", "teller"))
                            ),
                            models.Q(
                                models.Q(("office__in", ("chair", "teller")), _negated=True),
                                ("chamber__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="institutions_office_of_a_chamber",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("office", "chair")),
                        expressions=[
                            (models.F("chamber"), "="),
                            (apps.institutions.periods.Period("from_at", "until_at"), "&&"),
                        ],
                        name="institutions_one_chair_per_chamber",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (models.F("user"), "="),
                            (models.F("office"), "="),
                            (
                                django.db.models.functions.comparison.Coalesce(
                                    "chamber",
                                    models.Value(
                                        uuid.UUID("00000000-0000-0000-0000-000000000000"),
                                        models.UUIDField(),
                                    ),
                                ),
                                "=",
                            ),
                            (apps.institutions.periods.Period("from_at", "until_at"), "&&"),
                        ],
                        name="institutions_one_office_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
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
                    "role",
                    models.CharField(
                        choices=[("owner", "Owner"), ("member", "Member")],
                        max_length=8,
                        verbose_name="role",
                    ),
                ),
                ("since_at", models.DateTimeField()),
                ("until_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="institutions.organisation",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["organisation", "since_at"], name="institutions_members_since"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["owner", "member"])),
                        name="institutions_membership_role",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_at__isnull", True),
                            ("until_at__gte", models.F("since_at")),
                            _connector="OR",
                        ),
                        name="institutions_membership_period",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (models.F("user"), "="),
                            (models.F("organisation"), "="),
                            (apps.institutions.periods.Period("since_at", "until_at"), "&&"),
                        ],
                        name="institutions_one_membership_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConflictDeclaration",
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
                    "matter",
                    models.CharField(
                        blank=True, max_length=20, verbose_name="reference code of the matter"
                    ),
                ),
                ("interest", models.CharField(max_length=500, verbose_name="the interest")),
                ("declared_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conflicts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conflicts",
                        to="institutions.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("organisation__isnull", False),
                            models.Q(("matter", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="institutions_conflict_names_something",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("user", "organisation", "matter"),
                        name="institutions_one_declaration_per_interest",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ApiToken",
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
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("tail", models.CharField(max_length=4, verbose_name="ends with")),
                (
                    "scopes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), size=None, verbose_name="scopes"
                    ),
                ),
                ("second_factor", models.BooleanField(default=False)),
                ("issued_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tokens",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tokens",
                        to="institutions.organisation",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["user", "-issued_at"], name="institutions_tokens_of")
                ],
            },
        ),
        migrations.AddIndex(
            model_name="organisation",
            index=models.Index(fields=["name", "id"], name="institutions_org_by_name"),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["registered", "confirmed", "refused", "suspended"])
                ),
                name="institutions_organisation_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(("sector__in", ["samaj", "sarkar", "bazaar"])),
                name="institutions_organisation_sector",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.UniqueConstraint(
                models.F("jurisdiction"),
                django.db.models.functions.text.Lower("name"),
                condition=models.Q(("state", "refused"), _negated=True),
                name="institutions_one_organisation_per_name_and_place",
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.UniqueConstraint(
                fields=("chamber", "number"), name="institutions_one_seat_per_number"
            ),
        ),
        migrations.AddIndex(
            model_name="invitation",
            index=models.Index(
                fields=["organisation", "sent_at"], name="institutions_invited_to_org"
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["sent", "accepted", "withdrawn"])),
                name="institutions_invitation_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("office", ""), ("organisation__isnull", False), ("seat__isnull", True)
                    ),
                    models.Q(
                        ("office", ""), ("organisation__isnull", True), ("seat__isnull", False)
                    ),
                    models.Q(
                        ("organisation__isnull", True),
                        ("seat__isnull", True),
                        models.Q(("office", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="institutions_invitation_offers_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="seatterm",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until_at__isnull", True),
                    ("until_at__gte", models.F("from_at")),
                    _connector="OR",
                ),
                name="institutions_seatterm_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="seatterm",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    (models.F("seat"), "="),
                    (apps.institutions.periods.Period("from_at", "until_at"), "&&"),
                ],
                name="institutions_one_holder_per_seat",
            ),
        ),
        migrations.AddConstraint(
            model_name="seatterm",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    (models.F("user"), "="),
                    (apps.institutions.periods.Period("from_at", "until_at"), "&&"),
                ],
                name="institutions_one_seat_per_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="seatterm",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    (models.F("owner_group"), "="),
                    (models.F("chamber"), "<>"),
                    (apps.institutions.periods.Period("from_at", "until_at"), "&&"),
                ],
                name="institutions_one_chamber_per_group",
            ),
        ),
        migrations.AddConstraint(
            model_name="suspension",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until_at__isnull", True),
                    ("until_at__gte", models.F("from_at")),
                    _connector="OR",
                ),
                name="institutions_suspension_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="suspension",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("organisation__isnull", True), ("user__isnull", False)),
                    models.Q(("organisation__isnull", False), ("user__isnull", True)),
                    _connector="OR",
                ),
                name="institutions_suspension_of_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="suspension",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    (models.F("user"), "="),
                    (apps.institutions.periods.Period("from_at", "until_at"), "&&"),
                ],
                name="institutions_one_suspension_per_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="suspension",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    (models.F("organisation"), "="),
                    (apps.institutions.periods.Period("from_at", "until_at"), "&&"),
                ],
                name="institutions_one_suspension_per_org",
            ),
        ),
    ]
