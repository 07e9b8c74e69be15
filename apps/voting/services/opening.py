"""The rolls are frozen, all three in one transaction."""

import datetime as dt
import hashlib
import uuid
from collections import Counter

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.core.actor import Actor
from apps.core.clock import now
from apps.core.ids import uuid7
from apps.core.jurisdictions import EVERYWHERE, territories
from apps.institutions.models import ConflictDeclaration, Mandate, Organisation, SeatTerm
from apps.institutions.offices import Subject
from apps.institutions.sectors import Sector
from apps.journal.services import record
from apps.journal.services.recording import canonical
from apps.voting import errors
from apps.voting.acts import BallotOpened
from apps.voting.models import Ballot, RollEntry
from apps.voting.services.locking import locked
from apps.voting.states import BALLOT, BallotState, Interest, Part


@transaction.atomic
def ballot_open(*, actor: Actor, ballot: Ballot) -> Ballot:
    """Freeze the rolls and open the ballot; anyone may, once its time has come.

    Who sits at this moment is on the roll, whoever comes or leaves later. A ballot whose whole
    time passed unopened stays open for as long as was promised.
    """
    ballot, moment = locked(ballot.pk), now()
    if ballot.state == BallotState.DRAFT and moment < ballot.opens_at:
        raise errors.TooEarly(_("It opens at a later time."))
    if ballot.closes_at <= moment:
        ballot.closes_at = moment + (ballot.closes_at - ballot.opens_at)
    entries = _roll(ballot, moment)
    BALLOT.move(ballot, BallotState.OPEN)
    RollEntry.objects.bulk_create(entries)
    ballot.opened_at, ballot.roll_hash = moment, roll_hash(entries)
    ballot.save()
    record(_opened(ballot, entries), actor=actor)
    return ballot


def roll_hash(entries: list[RollEntry]) -> str:
    """Return the SHA-256 of the rolls as canonical JSON: seats, terms, and what each does."""
    lines = sorted([e.sector, e.number, str(e.seat_id), str(e.term_id), e.part] for e in entries)
    return hashlib.sha256(canonical(lines).encode()).hexdigest()


def _opened(ballot: Ballot, entries: list[RollEntry]) -> BallotOpened:
    voting = Counter(entry.sector for entry in entries if entry.part == Part.VOTES)
    return BallotOpened(
        subject=ballot.pk,
        matter=ballot.subject,
        roll_hash=ballot.roll_hash,
        closes_at=ballot.closes_at,
        voting={sector.value: voting[sector] for sector in Sector},
        advising=len(entries) - voting.total(),
        recused=[entry.seat_id for entry in entries if entry.recused_at],
    )


def _roll(ballot: Ballot, moment: dt.datetime) -> list[RollEntry]:
    held = SeatTerm.objects.filter(from_at__lte=moment, until_at__gt=moment)
    terms = list(held.select_related("seat", "chamber").order_by("chamber__sector", "seat__number"))
    advisers = _without_mandate(ballot, terms, moment)
    concerned = _concerned(ballot, terms)
    return [
        RollEntry(
            id=uuid7(),
            ballot=ballot,
            sector=term.chamber.sector,
            number=term.seat.number,
            seat_id=term.seat_id,
            term=term,
            person_id=term.user_id,
            organisation_id=term.organisation_id,
            part=Part.ADVISES if term.pk in advisers else Part.VOTES,
            recused_at=moment if term.pk in concerned else None,
            interest=Interest.NAMED_PARTY if term.pk in concerned else "",
        )
        for term in terms
    ]


def _without_mandate(ballot: Ballot, terms: list[SeatTerm], moment: dt.datetime) -> set[uuid.UUID]:
    """Return the Sarkar terms that only advise: of a territorial rule, those elsewhere."""
    if not ballot.jurisdictions:
        return set()
    day = moment.date()
    places = frozenset[str]().union(*(territories(code, day) for code in ballot.jurisdictions))
    sarkar = [term for term in terms if term.chamber.sector == Sector.SARKAR]
    held = Mandate.objects.filter(
        user__in=[term.user_id for term in sarkar], subject=Subject.MODELS, from_at__lte=moment
    ).exclude(until_at__lte=moment)
    there = {
        mandate.user_id
        for mandate in held
        if mandate.jurisdiction == EVERYWHERE or territories(mandate.jurisdiction, day) & places
    }
    return {term.pk for term in sarkar if term.user_id not in there}


def _concerned(ballot: Ballot, terms: list[SeatTerm]) -> set[uuid.UUID]:
    """Return the terms of parties: people, organisations, owner groups, declared interests."""
    organisations = Organisation.objects.filter(pk__in=ballot.concerned_organisations)
    groups = {row.owner_group_id for row in organisations} - {None}
    declared = ConflictDeclaration.objects.filter(
        organisation__in=ballot.concerned_organisations,
        user__in=[term.user_id for term in terms],
        withdrawn_at__isnull=True,
    )
    people = {*ballot.concerned_people, *declared.values_list("user", flat=True)}
    return {
        term.pk
        for term in terms
        if term.user_id in people
        or term.organisation_id in ballot.concerned_organisations
        or term.owner_group_id in groups
    }
