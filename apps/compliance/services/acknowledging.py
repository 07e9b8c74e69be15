"""Marketplaces say what they have seen, applied and lifted; time says what they have not."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from apps.compliance import errors
from apps.compliance.acts import (
    APPLICATION,
    AcknowledgementsGiven,
    AcknowledgementsOverdue,
)
from apps.compliance.models import Acknowledgement
from apps.compliance.permissions import can_acknowledge
from apps.compliance.states import (
    ACKNOWLEDGEMENT,
    DONE_STATES,
    OPEN_STATES,
    AcknowledgementKind,
    AcknowledgementState,
    Demand,
)
from apps.core.actor import SYSTEM, Actor
from apps.core.clock import now
from apps.institutions.models import Organisation
from apps.journal.services import record, record_many

MOST = 1000
TARGETS = {
    AcknowledgementKind.SEEN: AcknowledgementState.SEEN,
    AcknowledgementKind.APPLIED: AcknowledgementState.APPLIED,
    AcknowledgementKind.LIFTED: AcknowledgementState.LIFTED,
}
DEMANDS = {AcknowledgementKind.APPLIED: Demand.APPLY, AcknowledgementKind.LIFTED: Demand.LIFT}


@dataclass(frozen=True, slots=True)
class Word:
    """What is said of one acknowledgement."""

    id: uuid.UUID
    kind: AcknowledgementKind


@transaction.atomic
def acknowledgements_give(*, actor: Actor, words: Sequence[Word]) -> list[Acknowledgement]:
    """Record what marketplaces say of several things they owe, all of it or nothing.

    What was said before changes nothing when it is said again. Returned in the order of `words`;
    raises `AcknowledgementUnknown` where the actor does not speak for whoever owes one of them.
    """
    if not 1 <= len(words) <= MOST:
        raise errors.TooManyAtOnce
    rows = _locked({word.id for word in words})
    if not all(can_acknowledge(actor, one) for one in _organisations(rows.values())):
        raise errors.AcknowledgementUnknown
    moved = [word for word in words if _say(rows[word.id], word.kind)]
    changed = {word.id: rows[word.id] for word in moved}
    Acknowledgement.objects.bulk_update(changed.values(), ["state", "seen_at", "done_at"])
    record_many(_given(moved, rows), actor=actor)
    return [rows[word.id] for word in words]


@transaction.atomic
def acknowledgements_turn() -> int:
    """Note what has become overdue by business time, a thousand at a time; return how many."""
    moment = now()
    due = Acknowledgement.objects.filter(
        state__in=OPEN_STATES, overdue_at__isnull=True, due_at__lte=moment
    )
    rows = list(due.select_for_update(skip_locked=True).order_by("due_at", "id")[:MOST])
    if not rows:
        return 0
    first_for = _first_overdue(rows)
    for row in rows:
        row.overdue_at = row.due_at
    Acknowledgement.objects.bulk_update(rows, ["overdue_at"])
    act = AcknowledgementsOverdue(
        subject=APPLICATION,
        marketplaces=sorted({row.marketplace_id for row in rows}),
        first_for=first_for,
        listings=sorted({row.listing_id for row in rows}),
        count=len(rows),
    )
    record(act, actor=SYSTEM)
    return len(rows)


def _first_overdue(rows: Sequence[Acknowledgement]) -> list[uuid.UUID]:
    """Return the marketplaces of which nothing due at the same instant was noted before."""
    fresh = {(row.marketplace_id, row.due_at) for row in rows}
    noted = Acknowledgement.objects.filter(
        overdue_at__isnull=False,
        marketplace__in={market for market, _due in fresh},
        due_at__in={due for _market, due in fresh},
    )
    known = set(noted.values_list("marketplace", "due_at").distinct())
    return sorted({market for market, _due in fresh - known})


def _say(row: Acknowledgement, kind: AcknowledgementKind) -> bool:
    """Move one row where what is said is new; return whether it was."""
    if DEMANDS.get(kind, row.demand) != row.demand:
        raise errors.WrongAcknowledgement
    if row.state == AcknowledgementState.SUPERSEDED:
        raise errors.AcknowledgementOvertaken
    if row.state == TARGETS[kind] or row.state in DONE_STATES:
        return False
    ACKNOWLEDGEMENT.move(row, TARGETS[kind])
    moment = now()
    row.seen_at = row.seen_at or moment
    if kind is not AcknowledgementKind.SEEN:
        row.done_at = moment
    return True


def _locked(wanted: set[uuid.UUID]) -> dict[uuid.UUID, Acknowledgement]:
    found = Acknowledgement.objects.filter(pk__in=wanted).select_for_update(of=("self",))
    rows = found.select_related("marketplace__organisation", "listing", "deadline").order_by("id")
    known = {row.pk: row for row in rows}
    if len(known) < len(wanted):
        raise errors.AcknowledgementUnknown
    return known


def _organisations(rows: Iterable[Acknowledgement]) -> set[Organisation]:
    return {row.marketplace.organisation for row in rows}


def _given(
    moved: Iterable[Word], rows: dict[uuid.UUID, Acknowledgement]
) -> list[AcknowledgementsGiven]:
    """Return one act for each marketplace and kind of word that changed something."""
    said: dict[tuple[uuid.UUID, AcknowledgementKind], list[uuid.UUID]] = {}
    for word in moved:
        row = rows[word.id]
        said.setdefault((row.marketplace_id, word.kind), []).append(row.listing_id)
    return [
        AcknowledgementsGiven(
            subject=marketplace, said=kind.value, listings=sorted(listings), count=len(listings)
        )
        for (marketplace, kind), listings in said.items()
    ]
