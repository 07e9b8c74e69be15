"""The founding: charter, chambers, empty seats and the first administrator, once."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.core.actor import Actor, ActorKind
from apps.core.clock import now
from apps.core.errors import Invalid, NotPermitted
from apps.institutions import acts, errors
from apps.institutions.models import Chamber, ChamberTerms, Charter, Seat, User
from apps.institutions.offices import Office
from apps.institutions.sectors import Sector
from apps.institutions.services.constraints import refused_as
from apps.institutions.services.offices import office_hold
from apps.journal.services import record

ONCE = {"institutions_charter_number_key": errors.FoundedAlready}


@dataclass(frozen=True, kw_only=True)
class ChamberDraft:
    """What the charter says about one chamber."""

    sector: Sector
    seats: int
    appointment: str
    eligibility: str


@dataclass(frozen=True, kw_only=True)
class CharterDraft:
    """The charter as the operator declares it."""

    operator: str
    contact: str
    funding: str
    founding_terms: str
    founding_from_date: dt.date
    founding_until_date: dt.date
    source: str
    chambers: Sequence[ChamberDraft]


@transaction.atomic
def portal_found(
    *, actor: Actor, email: str, name: str, charter: CharterDraft, demo: bool = False
) -> User:
    """Found the portal from the command line; return the first administrator.

    A second founding raises `FoundedAlready`, by the constraint on the charter's number, and
    changes nothing.
    """
    if actor.kind is not ActorKind.OPERATOR:
        raise NotPermitted(_("A portal is founded at its command line."))
    if {chamber.sector for chamber in charter.chambers} != set(Sector):
        raise Invalid(_("A charter speaks of each of the three chambers."), field="chambers")
    written = _write(charter)
    chambers = [_open_chamber(written, draft) for draft in charter.chambers]
    administrator = User.objects.create_user(email, None, name=name, is_demo=demo)
    EmailAddress.objects.create(
        user=administrator, email=administrator.email, primary=True, verified=True
    )
    office_hold(user=administrator, office=Office.ADMINISTRATOR, chamber=None, until_at=None)
    record(
        acts.PortalFounded(
            subject=written.pk,
            administrator=administrator.pk,
            chambers=[chamber.pk for chamber in chambers],
            founding_until_date=charter.founding_until_date,
        ),
        actor=actor,
    )
    return administrator


def _write(draft: CharterDraft) -> Charter:
    if draft.founding_until_date <= draft.founding_from_date:
        raise errors.TermNotAhead(field="founding_until_date")
    with refused_as(ONCE):
        return Charter.objects.create(
            number=1,
            operator=draft.operator,
            contact=draft.contact,
            funding=draft.funding,
            founding_terms=draft.founding_terms,
            founding_from_date=draft.founding_from_date,
            founding_until_date=draft.founding_until_date,
            source=draft.source,
            in_force_at=now(),
        )


def _open_chamber(charter: Charter, draft: ChamberDraft) -> Chamber:
    chamber = Chamber.objects.create(sector=draft.sector)
    numbers = range(1, draft.seats + 1)
    Seat.objects.bulk_create(Seat(chamber=chamber, number=number) for number in numbers)
    ChamberTerms.objects.create(
        charter=charter,
        chamber=chamber,
        seats=draft.seats,
        appointment=draft.appointment,
        eligibility=draft.eligibility,
    )
    return chamber
