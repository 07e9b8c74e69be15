"""Seats, offices and mandates: given for a time, by another, in the open."""

import datetime as dt
import uuid

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.core.actor import Actor
from apps.core.clock import now
from apps.core.jurisdictions import EVERYWHERE, jurisdiction
from apps.institutions import acts, errors
from apps.institutions.models import (
    Chamber,
    Mandate,
    Membership,
    OfficeHolding,
    Organisation,
    Seat,
    SeatTerm,
    User,
)
from apps.institutions.offices import OF_A_CHAMBER, Office, Subject
from apps.institutions.permissions import holds_office, in_good_standing, refusal
from apps.institutions.services.constraints import refused_as
from apps.journal.services import record

SEAT = {
    "institutions_one_holder_per_seat": errors.SeatTaken,
    "institutions_one_seat_per_person": errors.PersonSeated,
    "institutions_one_chamber_per_group": errors.GroupSeatedElsewhere,
}
OFFICE = {
    "institutions_one_chair_per_chamber": errors.OfficeHeld,
    "institutions_one_office_once": errors.OfficeHeld,
}
MANDATE = {"institutions_one_mandate_once": errors.MandateHeld}


@transaction.atomic
def seat_appoint(
    *,
    actor: Actor,
    seat: Seat,
    user: User,
    until_at: dt.datetime,
    basis: str,
    organisation: Organisation | None = None,
) -> SeatTerm:
    """Record who was appointed or elected to a seat, from now until the end of the term.

    A clerk or an administrator records it, never for themself. The database refuses a second
    holder, a second seat, and a company group in two chambers.
    """
    if not holds_office(actor, Office.CLERK, Office.ADMINISTRATOR) or actor.person == user.pk:
        raise refusal(actor, _("A clerk or an administrator records another's appointment."))
    term = seat_hold(
        seat=seat, user=user, until_at=until_at, basis=basis, organisation=organisation
    )
    record(
        acts.SeatAppointed(
            subject=seat.pk,
            term=term.pk,
            chamber=term.chamber_id,
            person=user.pk,
            from_at=term.from_at,
            until_at=until_at,
        ),
        actor=actor,
    )
    return term


def seat_hold(
    *,
    seat: Seat,
    user: User,
    until_at: dt.datetime,
    basis: str,
    organisation: Organisation | None = None,
) -> SeatTerm:
    """Write a term; the step that an appointment and an accepted invitation share.

    Whoever belongs to an organisation sits as its member, so that its group is in one chamber.
    """
    moment = now()
    if until_at <= moment:
        raise errors.TermNotAhead(field="until_at")
    organisation = organisation or _affiliation(user)
    with refused_as(SEAT):
        return SeatTerm.objects.create(
            seat=seat,
            chamber_id=seat.chamber_id,
            user=user,
            organisation=organisation,
            owner_group_id=organisation.owner_group_id if organisation else None,
            from_at=moment,
            until_at=until_at,
            basis=basis,
        )


def _affiliation(user: User) -> Organisation | None:
    """Return the organisation that a person belongs to; raise where groups differ."""
    held = Membership.objects.held().filter(user=user).select_related("organisation")
    found = [row.organisation for row in held.order_by("since_at", "pk")]
    if len({row.owner_group_id or row.pk for row in found}) > 1:
        raise errors.AffiliationUnclear(field="organisation")
    return found[0] if found else None


@transaction.atomic
def seat_vacate(*, actor: Actor, term: SeatTerm) -> SeatTerm:
    """End a term before its time: the holder resigns, or a clerk or administrator records it."""
    term = SeatTerm.objects.select_for_update(of=["self"]).get(pk=term.pk)
    resigning = actor.person == term.user_id and in_good_standing(actor)
    if not resigning and not holds_office(actor, Office.CLERK, Office.ADMINISTRATOR):
        raise refusal(actor, _("The holder resigns, or a clerk records the end of a term."))
    term.until_at = _ended(term.until_at)
    term.save(update_fields=["until_at"])
    record(
        acts.SeatVacated(
            subject=term.seat_id, term=term.pk, chamber=term.chamber_id, person=term.user_id
        ),
        actor=actor,
    )
    return term


@transaction.atomic
def office_grant(
    *,
    actor: Actor,
    user: User,
    office: Office,
    chamber: Chamber | None = None,
    until_at: dt.datetime | None = None,
) -> OfficeHolding:
    """Give a person an office; an administrator does, never to themself."""
    if not holds_office(actor, Office.ADMINISTRATOR) or actor.person == user.pk:
        raise refusal(actor, _("An administrator gives offices, and not to themself."))
    holding = office_hold(user=user, office=office, chamber=chamber, until_at=until_at)
    record(
        acts.OfficeGranted(
            subject=holding.pk,
            person=user.pk,
            office=holding.office,
            chamber=chamber.pk if chamber else None,
            until_at=until_at,
        ),
        actor=actor,
    )
    return holding


def office_hold(
    *, user: User, office: Office, chamber: Chamber | None, until_at: dt.datetime | None
) -> OfficeHolding:
    """Write a holding; the step that a grant, an invitation and the founding share."""
    if (Office(office) in OF_A_CHAMBER) != (chamber is not None):
        raise errors.OfficeChamberMismatch(field="chamber")
    moment = now()
    if until_at is not None and until_at <= moment:
        raise errors.TermNotAhead(field="until_at")
    with refused_as(OFFICE):
        return OfficeHolding.objects.create(
            user=user, office=Office(office), chamber=chamber, from_at=moment, until_at=until_at
        )


@transaction.atomic
def office_end(*, actor: Actor, holding: OfficeHolding) -> OfficeHolding:
    """End an office, by an administrator or the holder; a regulator's mandates end with it."""
    _lock_administrators()
    holding = OfficeHolding.objects.select_for_update(of=["self"]).get(pk=holding.pk)
    resigning = actor.person == holding.user_id and in_good_standing(actor)
    if not resigning and not holds_office(actor, Office.ADMINISTRATOR):
        raise refusal(actor, _("The holder resigns, or an administrator ends an office."))
    if _is_last_administrator(holding):
        raise errors.LastAdministrator
    holding.until_at = _ended(holding.until_at)
    holding.save(update_fields=["until_at"])
    record(
        acts.OfficeEnded(
            subject=holding.pk,
            person=holding.user_id,
            office=holding.office,
            mandates=_end_mandates(holding),
        ),
        actor=actor,
    )
    return holding


@transaction.atomic
def mandate_grant(
    *,
    actor: Actor,
    user: User,
    place: str,
    subject: Subject,
    legal_basis: str,
    until_at: dt.datetime | None = None,
) -> Mandate:
    """Say what a regulator may regulate and by which law; an administrator records it."""
    if not holds_office(actor, Office.ADMINISTRATOR) or actor.person == user.pk:
        raise refusal(actor, _("An administrator records mandates, and not their own."))
    offices = OfficeHolding.objects.held().select_for_update(of=["self"])
    if not offices.filter(user=user, office=Office.REGULATOR):
        raise errors.RegulatorNeeded(field="user")
    moment = now()
    if until_at is not None and until_at <= moment:
        raise errors.TermNotAhead(field="until_at")
    with refused_as(MANDATE):
        mandate = Mandate.objects.create(
            user=user,
            jurisdiction=place if place == EVERYWHERE else jurisdiction(place).code,
            subject=Subject(subject),
            legal_basis=legal_basis,
            from_at=moment,
            until_at=until_at,
        )
    record(
        acts.MandateGranted(
            subject=mandate.pk,
            person=user.pk,
            jurisdiction=mandate.jurisdiction,
            mandate_subject=mandate.subject,
        ),
        actor=actor,
    )
    return mandate


@transaction.atomic
def mandate_end(*, actor: Actor, mandate: Mandate) -> Mandate:
    """End a mandate, by an administrator or by the regulator."""
    mandate = Mandate.objects.select_for_update(of=["self"]).get(pk=mandate.pk)
    resigning = actor.person == mandate.user_id and in_good_standing(actor)
    if not resigning and not holds_office(actor, Office.ADMINISTRATOR):
        raise refusal(actor, _("The regulator resigns it, or an administrator ends a mandate."))
    mandate.until_at = _ended(mandate.until_at)
    mandate.save(update_fields=["until_at"])
    record(acts.MandateEnded(subject=mandate.pk, person=mandate.user_id), actor=actor)
    return mandate


def _ended(until_at: dt.datetime | None) -> dt.datetime:
    moment = now()
    if until_at is not None and until_at <= moment:
        raise errors.HoldingEnded
    return moment


def _lock_administrators() -> None:
    """Take every administrator's row, so that two do not leave at once."""
    held = OfficeHolding.objects.held().filter(office=Office.ADMINISTRATOR)
    list(held.order_by("pk").select_for_update(of=["self"]))


def _is_last_administrator(holding: OfficeHolding) -> bool:
    others = OfficeHolding.objects.held().filter(office=Office.ADMINISTRATOR)
    return holding.office == Office.ADMINISTRATOR and not others.exclude(pk=holding.pk).exists()


def _end_mandates(holding: OfficeHolding) -> list[uuid.UUID]:
    if holding.office != Office.REGULATOR:
        return []
    held = [row.pk for row in Mandate.objects.held().filter(user=holding.user_id)]
    Mandate.objects.filter(pk__in=held).update(until_at=holding.until_at)
    return held
