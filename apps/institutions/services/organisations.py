"""Organisations: registered by anyone, confirmed by a registrar, suspended by an administrator."""

import uuid

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.core.actor import Actor
from apps.core.clock import now
from apps.core.codes import next_code
from apps.core.jurisdictions import jurisdiction
from apps.institutions import acts, errors
from apps.institutions.models import (
    ApiToken,
    Membership,
    Organisation,
    OwnerGroup,
    Role,
    Suspension,
    User,
)
from apps.institutions.offices import Office
from apps.institutions.permissions import (
    belongs,
    has_conflict,
    holds_office,
    in_good_standing,
    is_member,
    owns,
    refusal,
)
from apps.institutions.sectors import Sector
from apps.institutions.services.constraints import refused_as
from apps.institutions.states import ORGANISATION, OrganisationState
from apps.journal.services import record

NAME = {"institutions_one_organisation_per_name_and_place": errors.NameTaken}
MEMBER = {"institutions_one_membership_at_a_time": errors.AlreadyMember}
SUSPENDED = {"institutions_one_suspension_per_org": errors.SuspendedAlready}


@transaction.atomic
def organisation_register(
    *,
    actor: Actor,
    name: str,
    sector: Sector,
    place: str,
    website: str = "",
    email_domain: str = "",
    demo: bool = False,
) -> Organisation:
    """Register an organisation, unconfirmed; the person becomes its first owner."""
    if actor.person is None or not in_good_standing(actor):
        raise refusal(actor, _("Sign in to register an organisation."))
    with refused_as(NAME):
        organisation = Organisation.objects.create(
            code=next_code("O", "institutions_organisation_code"),
            name=name.strip(),
            sector=Sector(sector),
            jurisdiction=jurisdiction(place).code,
            website=website,
            email_domain=email_domain.strip().lower().removeprefix("@"),
            registered_at=now(),
            is_demo=demo,
        )
    Membership.objects.create(
        user_id=actor.person, organisation=organisation, role=Role.OWNER, since_at=now()
    )
    record(
        acts.OrganisationRegistered(
            subject=organisation.pk,
            code=organisation.code,
            sector=organisation.sector,
            jurisdiction=organisation.jurisdiction,
        ),
        actor=actor,
    )
    return organisation


@transaction.atomic
def organisation_confirm(
    *, actor: Actor, organisation: Organisation, owner_group: str = ""
) -> Organisation:
    """Confirm what an organisation says of itself, and the group that controls it, by name."""
    organisation = _locked(organisation)
    _must_be_impartial_registrar(actor, organisation)
    ORGANISATION.move(organisation, OrganisationState.CONFIRMED)
    group = OwnerGroup.objects.get_or_create(name=owner_group)[0] if owner_group else None
    organisation.owner_group = group
    organisation.save(update_fields=["state", "owner_group"])
    record(
        acts.OrganisationConfirmed(
            subject=organisation.pk, owner_group=group.pk if group else None
        ),
        actor=actor,
    )
    return organisation


@transaction.atomic
def organisation_refuse(*, actor: Actor, organisation: Organisation) -> Organisation:
    """Refuse an organisation that is not what it says it is."""
    organisation = _locked(organisation)
    _must_be_impartial_registrar(actor, organisation)
    ORGANISATION.move(organisation, OrganisationState.REFUSED)
    organisation.save(update_fields=["state"])
    record(acts.OrganisationRefused(subject=organisation.pk), actor=actor)
    return organisation


@transaction.atomic
def organisation_suspend(*, actor: Actor, organisation: Organisation, reason: str) -> Suspension:
    """Keep everyone from acting for an organisation until it is restored."""
    organisation = _locked(organisation)
    if not holds_office(actor, Office.ADMINISTRATOR) or is_member(actor, organisation):
        raise refusal(actor, _("An administrator outside the organisation suspends it."))
    ORGANISATION.move(organisation, OrganisationState.SUSPENDED)
    with refused_as(SUSPENDED):
        suspension = Suspension.objects.create(
            organisation=organisation, reason=reason, ordered_by_id=actor.person, from_at=now()
        )
    organisation.save(update_fields=["state"])
    record(
        acts.OrganisationSuspended(subject=organisation.pk, suspension=suspension.pk), actor=actor
    )
    return suspension


@transaction.atomic
def organisation_restore(*, actor: Actor, organisation: Organisation) -> Organisation:
    """Lift an organisation's suspension."""
    organisation = _locked(organisation)
    if not holds_office(actor, Office.ADMINISTRATOR) or belongs(actor, organisation):
        raise refusal(actor, _("An administrator outside the organisation restores it."))
    ORGANISATION.move(organisation, OrganisationState.CONFIRMED)
    organisation.save(update_fields=["state"])
    suspension = Suspension.objects.held().get(organisation=organisation)
    suspension.until_at = now()
    suspension.lifted_by_id = actor.person
    suspension.save(update_fields=["until_at", "lifted_by"])
    record(
        acts.OrganisationRestored(subject=organisation.pk, suspension=suspension.pk), actor=actor
    )
    return organisation


@transaction.atomic
def membership_add(
    *, actor: Actor, organisation: Organisation, user: User, role: Role = Role.MEMBER
) -> Membership:
    """Take a person with an account into an organisation; one of its owners does."""
    organisation = _locked(organisation)
    if not owns(actor, organisation):
        raise refusal(actor, _("Only an owner takes members in."))
    with refused_as(MEMBER):
        membership = Membership.objects.create(
            user=user, organisation=organisation, role=Role(role), since_at=now()
        )
    record(
        acts.MembershipAdded(
            subject=membership.pk,
            organisation=organisation.pk,
            person=user.pk,
            role=membership.role,
        ),
        actor=actor,
    )
    return membership


@transaction.atomic
def membership_end(*, actor: Actor, membership: Membership) -> Membership:
    """End a membership, by an owner or by the person; tokens that spoke for it end too."""
    organisation = _locked(membership.organisation)
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    leaving = actor.person == membership.user_id and in_good_standing(actor)
    if not leaving and not owns(actor, organisation):
        raise refusal(actor, _("Only an owner, or the person, ends a membership."))
    if not Membership.objects.held().filter(pk=membership.pk).exists():
        raise errors.NotMember
    if membership.is_last_owner():
        raise errors.LastOwner
    membership.until_at = now()
    membership.save(update_fields=["until_at"])
    record(
        acts.MembershipEnded(
            subject=membership.pk,
            organisation=organisation.pk,
            person=membership.user_id,
            tokens=_revoke_tokens(membership),
        ),
        actor=actor,
    )
    return membership


def _locked(organisation: Organisation) -> Organisation:
    return Organisation.objects.select_for_update().get(pk=organisation.pk)


def _must_be_impartial_registrar(actor: Actor, organisation: Organisation) -> None:
    if not holds_office(actor, Office.REGISTRAR):
        raise refusal(actor, _("Only a registrar confirms or refuses organisations."))
    if belongs(actor, organisation) or has_conflict(actor, organisation=organisation):
        raise refusal(actor, _("A registrar with an interest in the organisation steps aside."))


def _revoke_tokens(membership: Membership) -> list[uuid.UUID]:
    spoke = ApiToken.objects.valid().filter(
        user=membership.user_id, organisation=membership.organisation_id
    )
    found = [token.pk for token in spoke]
    ApiToken.objects.filter(pk__in=found).update(revoked_at=membership.until_at)
    return found
