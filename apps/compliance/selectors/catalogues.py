"""A whole catalogue answered at once, each item as it would be answered by itself."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from apps.compliance.selectors.answers import Decision, Question
from apps.compliance.selectors.deciding import answer, asked_of, holds_until, must_be_place
from apps.compliance.selectors.reading import read_all
from apps.core.errors import DomainError
from apps.policy.engine import Outcome


class Match(StrEnum):
    """How an item of a catalogue stands to the register."""

    MATCHED = "matched"
    COPY = "copy"
    SUSPENDED = "suspended"
    UNREGISTERED = "unregistered"


@dataclass(frozen=True, slots=True)
class Matched:
    """One decision, how its item stands to the register, and until when it may be kept."""

    match: Match
    decision: Decision
    until: dt.datetime | None


def decide_all(
    questions: Sequence[Question], moment: dt.datetime | None = None
) -> list[Matched | DomainError]:
    """Answer many questions in their order; one that cannot be answered is its refusal.

    It takes the same statements for one question and for a thousand. For a moment to come the
    answers are those that will be given then, were nothing done until then.
    """
    refused: dict[int, DomainError] = {}
    for number, question in enumerate(questions):
        try:
            must_be_place(question)
        except DomainError as error:
            refused[number] = error
    sound = {number: asked for number, asked in enumerate(questions) if number not in refused}
    readings, mistyped = read_all(sound, moment)
    refused |= mistyped
    answers: list[Matched | DomainError] = []
    for number, question in enumerate(questions):
        try:
            if number in refused:
                raise refused[number]
            prepared = asked_of(question, readings.of(number))
            decision = answer(prepared)
        except DomainError as error:
            answers.append(error)
        else:
            answers.append(Matched(_match(decision), decision, holds_until(prepared)))
    return answers


def _match(decision: Decision) -> Match:
    """Say how an item stands: by its name, as a copy of weights known by another, or not at all."""
    if not decision.registered:
        return Match.COPY if decision.listing else Match.UNREGISTERED
    return Match.SUSPENDED if decision.outcome >= Outcome.SUSPEND else Match.MATCHED
