"""Ballots for tests, prepared, opened and voted in by the services themselves."""

import datetime as dt
import hashlib
import itertools
import uuid

from apps.core.actor import SYSTEM
from apps.core.clock import now
from apps.core.ids import uuid7
from apps.institutions.models import SeatTerm
from apps.institutions.sectors import Sector
from apps.voting.models import Ballot, RollEntry, Vote
from apps.voting.services import ballot_open, ballot_prepare, vote_cast
from apps.voting.states import Choice, Procedure
from tests.factories import institutions as make

numbers = itertools.count(1)
HASH = hashlib.sha256(b"the text").hexdigest()


def chambers(seats: int = 3) -> dict[Sector, list[SeatTerm]]:
    """Three chambers with so many people seated in each."""
    return {sector: [make.seated(sector) for _ in range(seats)] for sector in Sector}


def prepared(
    *,
    opens_at: dt.datetime | None = None,
    jurisdictions: list[str] | None = None,
    concerned_people: list[uuid.UUID] | None = None,
    concerned_organisations: list[uuid.UUID] | None = None,
    procedure: Procedure = Procedure.ORDINARY,
    subject: uuid.UUID | None = None,
) -> Ballot:
    """A ballot to come; by default its time to open is now."""
    return ballot_prepare(
        actor=SYSTEM,
        question=f"Shall proposal {next(numbers)} become a rule?",
        text_hash=HASH,
        subject=subject or uuid7(),
        opens_at=opens_at or now(),
        jurisdictions=jurisdictions or [],
        concerned_people=concerned_people or [],
        concerned_organisations=concerned_organisations or [],
        procedure=procedure,
    )


def opened(
    *,
    jurisdictions: list[str] | None = None,
    concerned_people: list[uuid.UUID] | None = None,
    concerned_organisations: list[uuid.UUID] | None = None,
    procedure: Procedure = Procedure.ORDINARY,
) -> Ballot:
    """An open ballot with its rolls."""
    ballot = prepared(
        jurisdictions=jurisdictions,
        concerned_people=concerned_people,
        concerned_organisations=concerned_organisations,
        procedure=procedure,
    )
    return ballot_open(actor=SYSTEM, ballot=ballot)


def marked(ballot: Ballot, term: SeatTerm, choice: Choice = Choice.YES) -> Vote:
    """A seat's mark."""
    return vote_cast(actor=make.actor(term.user), ballot=ballot, choice=choice)


def entry(ballot: Ballot, term: SeatTerm) -> RollEntry:
    """The line of a term on the roll."""
    return RollEntry.objects.get(ballot=ballot, term=term)
