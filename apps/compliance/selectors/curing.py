"""The nearest ways out: which facts of a listing would turn its answer, by use and place."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from apps.compliance.cures import TRIES, Cure, cures
from apps.compliance.scenarios import EVERYWHERE, GENERAL
from apps.compliance.selectors.answers import Decision, Question
from apps.compliance.selectors.deciding import Prepared, answer, asked_by, prepare
from apps.compliance.selectors.known import Known
from apps.policy.engine import CompiledRule, Mode, Outcome, Ruleset, RuleSource


@dataclass(frozen=True, slots=True)
class WaysOut:
    """How a listing stands for a question, and what would turn that.

    `least` is what measures hold it at: no fact leads below. `would_be` tells whether rules in
    advise and warn were counted too.
    """

    outcome: Outcome
    least: Outcome
    would_be: bool
    cures: tuple[Cure, ...]


@dataclass(frozen=True, slots=True)
class Outlook:
    """The answer for one use in one place of a standing, and the ways out of it.

    Where rules that bind allow it, the ways out are of what the others would do. `uses` and
    `places` are the standing's: none means any.
    """

    uses: tuple[str, ...]
    places: tuple[str, ...]
    decision: Decision
    ways: WaysOut


def outlook(code: str, uses: Sequence[str], places: Sequence[str]) -> Outlook:
    """Return the answer for a standing's first use and place, and its ways out."""
    question = Question(
        model=code, use=next(iter(uses), GENERAL), jurisdiction=next(iter(places), EVERYWHERE)
    )
    prepared = prepare(question)
    decision = answer(prepared)
    ways = ways_of(prepared, would_be=decision.outcome is Outcome.ALLOW)
    return Outlook(tuple(uses), tuple(places), decision, ways)


def ways_of(prepared: Prepared, *, would_be: bool = False) -> WaysOut:
    """Return the smallest changes of facts that would turn the answer to a question.

    A model that is not in the register has no facts, and no way out.
    """
    known = prepared.reading.known
    if known is None or not prepared.asked:
        return WaysOut(Outcome.ALLOW, Outcome.ALLOW, would_be, ())
    rules = prepared.asked[0].rules

    def judge(facts: Any) -> Outcome:
        return _joined(_asked_of(prepared, rules, known, facts), would_be=would_be)

    bearing, day = _bearing(rules, would_be=would_be), known.moment.date()
    least = max(_measured(prepared))
    # A group such as EU is asked place by place; the work stays the same.
    most = TRIES // len(prepared.asked)
    return WaysOut(
        outcome=judge(known.listing),
        least=least,
        would_be=would_be,
        cures=cures(judge, bearing, known.listing, day, least=least, most=most),
    )


def _asked_of(prepared: Prepared, rules: Ruleset, known: Known, facts: Any) -> Prepared:
    reading = replace(prepared.reading, known=replace(known, listing=facts))
    return asked_by(rules, prepared.question, reading)


def _joined(prepared: Prepared, *, would_be: bool) -> Outcome:
    return max(one.would_be if would_be else one.outcome for one in prepared.asked)


def _measured(prepared: Prepared) -> Sequence[Outcome]:
    """Return what measures alone would lead to, in each place."""
    return [
        max((measure.outcome for measure in one.measures), default=Outcome.ALLOW)
        for one in prepared.asked
    ]


def _bearing(rules: Ruleset, *, would_be: bool) -> list[tuple[RuleSource, CompiledRule]]:
    together = zip(rules.sources, rules.compiled, strict=True)
    return [pair for pair in together if would_be or pair[0].mode is Mode.ENFORCE]
