"""Organisations, the groups that own them, and the people who belong to them."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.core.ids import uuid7
from apps.institutions.models.people import User
from apps.institutions.periods import Period, ends_after_begin, held_now
from apps.institutions.sectors import Sector
from apps.institutions.states import ORGANISATION, OrganisationState


class OwnerGroup(models.Model):
    """Organisations under one control; they count as one where a chamber seats the market."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(_("name"), max_length=200, unique=True)

    def __str__(self) -> str:
        return self.name


class Organisation(models.Model):
    """A company, authority or association that acts here through its members."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(_("reference code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=200)
    sector = models.CharField(_("sector"), max_length=8, choices=Sector)
    owner_group = models.ForeignKey(
        OwnerGroup, models.PROTECT, null=True, blank=True, related_name="organisations"
    )
    jurisdiction = models.CharField(_("jurisdiction"), max_length=8)
    website = models.URLField(_("website"), max_length=300, blank=True)
    email_domain = models.CharField(_("e-mail domain"), max_length=200, blank=True)
    state = models.CharField(
        max_length=12, choices=OrganisationState, default=OrganisationState.REGISTERED
    )
    registered_at = models.DateTimeField()
    is_demo = models.BooleanField(default=False)

    class Meta:
        constraints = [
            ORGANISATION.constraint("institutions_organisation_state"),
            models.CheckConstraint(
                name="institutions_organisation_sector", condition=Q(sector__in=Sector.values)
            ),
            models.UniqueConstraint(
                "jurisdiction",
                models.functions.Lower("name"),
                name="institutions_one_organisation_per_name_and_place",
                condition=~Q(state=OrganisationState.REFUSED),
            ),
        ]
        indexes = [models.Index(fields=["name", "id"], name="institutions_org_by_name")]

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What a member may do for the organisation."""

    OWNER = "owner", _("Owner")
    MEMBER = "member", _("Member")


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Who belongs where."""

    def held(self) -> "MembershipQuerySet":
        """Memberships that run now."""
        return self.filter(held_now("since_at"))


class Membership(models.Model):
    """One person's belonging to one organisation, for a time."""

    objects = MembershipQuerySet.as_manager()

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=8, choices=Role)
    since_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="institutions_membership_role", condition=Q(role__in=Role.values)
            ),
            ends_after_begin("institutions_membership_period", "since_at"),
            ExclusionConstraint(
                name="institutions_one_membership_at_a_time",
                expressions=[
                    (F("user"), RangeOperators.EQUAL),
                    (F("organisation"), RangeOperators.EQUAL),
                    (Period("since_at"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "since_at"], name="institutions_members_since")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.organisation_id}"

    def is_last_owner(self) -> bool:
        """Whether the organisation would have no owner without this one."""
        others = Membership.objects.held().filter(
            organisation=self.organisation_id, role=Role.OWNER
        )
        return self.role == Role.OWNER and not others.exclude(pk=self.pk).exists()
