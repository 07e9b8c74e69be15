"""What waits for someone at the state's door, the first due first."""

import datetime as dt

from apps.cases.selectors import contests_waiting, errands_owed, watched
from apps.core.actor import Actor
from apps.core.clock import now
from apps.core.dues import Due
from apps.core.needs import Need, by_due
from apps.journal.selectors import parked
from apps.licensing.permissions import can_settle_names
from apps.licensing.selectors import names_waiting
from apps.listings.selectors import claims_open, disputes_open
from apps.policy.selectors import rules_owed
from apps.proposals.selectors.owed import deliberation_owed
from apps.sarkar.permissions import can_see_journal, can_see_register
from apps.sarkar.selectors.desk import Desk


def needs_of(actor: Actor, desk: Desk | None = None) -> list[Need]:
    """Return what waits for a person; with a desk, its rules too."""
    moment = now()
    return by_due(
        [
            *_engine(actor),
            *_errands(actor, moment),
            *_contests(actor, moment),
            *deliberation_owed(actor, moment),
            *rules_owed(actor),
            *_register(actor),
            *(desk.needs(moment) if desk else []),
        ]
    )


def _errands(actor: Actor, moment: dt.datetime) -> list[Need]:
    return [
        Need("errand", errand, Due(errand.due_at, moment) if errand.due_at else None)
        for errand in errands_owed(actor)
    ]


def _contests(actor: Actor, moment: dt.datetime) -> list[Need]:
    lines = watched(contests_waiting(actor), moment)
    return [Need("contest", line, line.next_due) for line in lines]


def _engine(actor: Actor) -> list[Need]:
    acts = len(parked()) if can_see_journal(actor) else 0
    return [Need("parked", acts)] if acts else []


def _register(actor: Actor) -> list[Need]:
    if not can_see_register(actor):
        return []
    names = names_waiting().count() if can_settle_names(actor) else 0
    waiting = claims_open().count() + disputes_open().count() + names
    return [Need("register", waiting)] if waiting else []
