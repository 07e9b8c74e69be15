"""Who may: predicates over the offices, memberships and mandates that run at this moment.

An office that demands a second factor counts only in a session that has one: without it every
predicate here says no, whoever asks. `refusal` finds the right words for that.
"""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from apps.core.actor import Actor, ActorKind
from apps.core.clock import today
from apps.core.errors import NotPermitted, SecondFactorNeeded, Text
from apps.core.jurisdictions import EVERYWHERE, covers
from apps.institutions.models import (
    Chamber,
    ConflictDeclaration,
    DutyShift,
    Mandate,
    Membership,
    OfficeHolding,
    Organisation,
    Role,
    SeatTerm,
    Suspension,
    User,
)
from apps.institutions.offices import SECOND_FACTOR_OFFICES, Office, Subject
from apps.institutions.scopes import Scope
from apps.institutions.states import OrganisationState

MAY_ACT = (OrganisationState.REGISTERED, OrganisationState.CONFIRMED)


@dataclass(frozen=True, slots=True)
class Remit:
    """The places that mandates name, none where there is no mandate, and the day of asking."""

    places: tuple[str, ...]
    day: dt.date

    def covers(self, jurisdictions: list[str]) -> bool:
        """Whether it covers every one of the places (none named: everywhere)."""
        if EVERYWHERE in self.places:
            return True
        if not self.places or not jurisdictions or EVERYWHERE in jurisdictions:
            return False
        held = list(self.places)
        return all(covers(held, place, self.day) for place in jurisdictions)


def person_in_good_standing(person: uuid.UUID) -> bool:
    """Whether the account is open and no suspension runs."""
    return User.objects.filter(~suspended("pk"), pk=person, is_active=True).exists()


def suspended(person: str) -> Exists:
    """Ask of each row whether a suspension of its person runs, who stands in this column."""
    return Exists(Suspension.objects.held().filter(user=OuterRef(person)))


def in_good_standing(actor: Actor) -> bool:
    """Whether a known person acts, whose account is open and not suspended."""
    return actor.person is not None and person_in_good_standing(actor.person)


def _in_good_standing_with(actor: Actor, held: QuerySet) -> bool:
    """Whether the actor is in good standing and one of these rows of theirs is there: one read."""
    sound = held.filter(~suspended("user"), user__is_active=True)
    return actor.person is not None and sound.exists()


def is_self(actor: Actor, user: User) -> bool:
    """Whether the actor is this very person, in good standing."""
    return actor.person == user.pk and in_good_standing(actor)


def is_member(actor: Actor, organisation: Organisation) -> bool:
    """Whether the actor belongs to the organisation and may act for it now."""
    return _belongs(actor, organisation, list(Role))


def owns(actor: Actor, organisation: Organisation) -> bool:
    """Whether the actor is an owner of the organisation and may act for it now."""
    return _belongs(actor, organisation, [Role.OWNER])


def holds_office(actor: Actor, *offices: Office, chamber: Chamber | None = None) -> bool:
    """Whether the actor holds one of the offices now, with a second factor where it is due."""
    counted = [
        office for office in offices if actor.second_factor or office not in SECOND_FACTOR_OFFICES
    ]
    held = OfficeHolding.objects.held().filter(user=actor.person, office__in=counted)
    if chamber:
        held = held.filter(chamber=chamber)
    return _in_good_standing_with(actor, held)


def has_mandate(actor: Actor, jurisdictions: list[str], subject: str) -> bool:
    """Whether a regulator's mandates cover every one of the places (none named: everywhere)."""
    return remit_of(actor, subject).covers(jurisdictions)


def remit_of(actor: Actor, subject: str) -> Remit:
    """Return a regulator's mandates for one subject, to be asked about many things at once."""
    if not holds_office(actor, Office.REGULATOR):
        return Remit((), dt.date.min)
    mandates = Mandate.objects.held().filter(user=actor.person, subject=Subject(subject))
    return Remit(tuple(mandates.values_list("jurisdiction", flat=True)), today())


def on_duty(actor: Actor, jurisdictions: list[str]) -> bool:
    """Whether shifts of the actor that run now cover every one of the places (none: everywhere).

    The roster gives no right of its own: ask for the mandate beside it.
    """
    held = DutyShift.objects.held().filter(user=actor.person)
    return Remit(tuple(held.values_list("jurisdiction", flat=True)), today()).covers(jurisdictions)


def can_keep_roster(actor: Actor) -> bool:
    """Whether the actor keeps the duty roster: an administrator, or a clerk."""
    keeps = holds_office(actor, Office.ADMINISTRATOR, Office.CLERK)
    return keeps and has_scope(actor, Scope.DUTIES_WRITE)


def can_see_roster(actor: Actor) -> bool:
    """Whether the actor sees who is on duty: a regulator, or who keeps the roster."""
    return holds_office(actor, Office.REGULATOR, Office.ADMINISTRATOR, Office.CLERK)


def sits_in(actor: Actor, chamber: Chamber) -> bool:
    """Whether the actor holds a seat of the chamber now."""
    terms = SeatTerm.objects.held().filter(user=actor.person, chamber=chamber)
    return _in_good_standing_with(actor, terms)


def has_conflict(
    actor: Actor, *, organisation: Organisation | None = None, matter: str = ""
) -> bool:
    """Whether the actor declared an interest in the organisation or in the matter."""
    declared = ConflictDeclaration.objects.filter(user=actor.person, withdrawn_at__isnull=True)
    in_one = organisation is not None and declared.filter(organisation=organisation).exists()
    return in_one or (bool(matter) and declared.filter(matter=matter).exists())


def has_scope(actor: Actor, scope: Scope) -> bool:
    """Whether the actor may do what the scope names; only a token is bound by scopes."""
    if actor.kind is ActorKind.TOKEN:
        return scope in actor.scopes
    return actor.kind is ActorKind.PERSON


def needs_second_factor(person: uuid.UUID) -> bool:
    """Whether the person holds an office that demands a second factor."""
    held = OfficeHolding.objects.held().filter(user=person, office__in=SECOND_FACTOR_OFFICES)
    return held.exists()


def lacks_second_factor(actor: Actor) -> bool:
    """Whether the actor's offices demand a second factor that this session does not have."""
    return (
        actor.person is not None and not actor.second_factor and needs_second_factor(actor.person)
    )


def refusal(actor: Actor, reason: Text = "") -> NotPermitted:
    """Return the refusal that tells this actor what is missing, to be raised by a service."""
    if lacks_second_factor(actor):
        return SecondFactorNeeded()
    return NotPermitted(reason or _("Your account does not hold the role for this."))


def belongs(actor: Actor, organisation: Organisation) -> bool:
    """Whether the actor is a member at all, also where the organisation may not act."""
    held = Membership.objects.held().filter(user=actor.person, organisation=organisation)
    return _in_good_standing_with(actor, held)


def _belongs(actor: Actor, organisation: Organisation, roles: list[Role]) -> bool:
    if actor.kind is ActorKind.TOKEN and actor.organisation != organisation.pk:
        return False
    held = Membership.objects.held().filter(
        user=actor.person,
        organisation=organisation,
        organisation__state__in=MAY_ACT,
        role__in=roles,
    )
    return _in_good_standing_with(actor, held)
