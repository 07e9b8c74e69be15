"""A question is set down for the three chambers."""

import datetime as dt
import re
import uuid
from collections.abc import Sequence

from django.db import transaction

from apps.core.actor import Actor
from apps.core.clock import now
from apps.core.codes import next_code
from apps.core.jurisdictions import EVERYWHERE, jurisdiction
from apps.journal.services import record
from apps.voting import errors
from apps.voting.acts import BallotPrepared
from apps.voting.models import Ballot, ProcedureSettings
from apps.voting.selectors.procedures import settings_of
from apps.voting.states import Procedure

HASH = re.compile(r"[0-9a-f]{64}")
LONGEST_QUESTION = 300


@transaction.atomic
def ballot_prepare(
    *,
    actor: Actor,
    question: str,
    text_hash: str,
    subject: uuid.UUID,
    opens_at: dt.datetime | None = None,
    closes_at: dt.datetime | None = None,
    jurisdictions: Sequence[str] = (),
    concerned_people: Sequence[uuid.UUID] = (),
    concerned_organisations: Sequence[uuid.UUID] = (),
    procedure: Procedure = Procedure.ORDINARY,
) -> Ballot:
    """Set a ballot down; it opens by itself when business time reaches `opens_at`.

    An instrument: the service that convenes asks who may, and calls this in its own transaction.
    Whoever it names as concerned (with declared interests in a concerned organisation, and owner
    groups) has stepped aside when the rolls are frozen: parties to the matter, not a whole trade.
    Without `opens_at` it opens when the notice of its procedure is over. Without `closes_at` the
    ballot stays open for the days of its procedure, and never for less.
    """
    opens_at = opens_at or _after_notice(procedure)
    settings = settings_of(procedure, opens_at.date())
    ballot = Ballot.objects.create(
        code=next_code("B", "voting_ballot_code"),
        question=_question(question),
        text_hash=_hash(text_hash),
        subject=subject,
        procedure=settings,
        opens_at=opens_at,
        closes_at=_closing(settings, opens_at, closes_at),
        jurisdictions=_places(jurisdictions),
        concerned_people=sorted(set(concerned_people)),
        concerned_organisations=sorted(set(concerned_organisations)),
        prepared_at=now(),
    )
    record(
        BallotPrepared(
            subject=ballot.pk,
            matter=subject,
            text_hash=ballot.text_hash,
            procedure=settings.procedure,
            opens_at=opens_at,
            closes_at=ballot.closes_at,
        ),
        actor=actor,
    )
    return ballot


def _after_notice(procedure: Procedure) -> dt.datetime:
    """Return when a ballot called now opens, by the settings of today."""
    moment = now()
    return moment + dt.timedelta(days=settings_of(procedure, moment.date()).notice_days)


def _question(question: str) -> str:
    tidy = question.strip()
    if not 0 < len(tidy) <= LONGEST_QUESTION:
        raise errors.QuestionMissing(field="question")
    return tidy


def _hash(text_hash: str) -> str:
    if not HASH.fullmatch(text_hash):
        raise errors.TextHashMalformed(field="text_hash")
    return text_hash


def _closing(
    settings: ProcedureSettings, opens_at: dt.datetime, closes_at: dt.datetime | None
) -> dt.datetime:
    earliest = opens_at + dt.timedelta(days=settings.open_days)
    if closes_at is not None and closes_at < earliest:
        raise errors.BallotTooShort(field="closes_at")
    return closes_at or earliest


def _places(codes: Sequence[str]) -> list[str]:
    """Return the known places; the whole world is told as none."""
    return [] if EVERYWHERE in codes else sorted({jurisdiction(code).code for code in codes})
