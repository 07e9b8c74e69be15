"""Deadline rules and clocks for tests."""

import datetime as dt
import uuid

from apps.clocks.models import Clock, DeadlineRule
from apps.clocks.services import clock_start
from apps.core.actor import SYSTEM


def deadline_rule(code: str = "tests.answer", **facts: object) -> DeadlineRule:
    """A rule of 48 hours that may be paused and extended, unless told otherwise."""
    given = {
        "title": "Answer a question",
        "valid_from_date": dt.date(2020, 1, 1),
        "owed_by": "company",
        "amount": 48,
        "unit": "hours",
        "calendar": "IN",
        "extendable_by": 24,
        "starts_on": "question-asked",
        "pauses_on": ["awaiting-information"],
        "stops_on": ["question-answered"],
        "legal_source": "Tests, article 1",
    }
    return DeadlineRule.objects.create(code=code, **given | facts)


def clock_of(rule: DeadlineRule, *, owner: uuid.UUID | None = None) -> Clock:
    """A clock that begins now, about a thing of its own."""
    return clock_start(
        actor=SYSTEM, rule=rule.code, thing=uuid.uuid4(), owner=owner or uuid.uuid4()
    )
