"""“May this model be offered for use U in jurisdiction J?”, answered with reasons."""

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from apps.compliance.errors import UseUnknown
from apps.compliance.reach import DATE, reads, times_of_day
from apps.compliance.scenarios import EVERYWHERE
from apps.compliance.selectors.answers import Decision, Question, RuleTrace
from apps.compliance.selectors.grounds import demands_of, reason_of_default, reasons_of
from apps.compliance.selectors.known import Known, KnownMeasure
from apps.compliance.selectors.reading import Reading, read
from apps.core.jurisdictions import jurisdiction, territories
from apps.policy.engine import Citation, Outcome, Ruleset, Verdict
from apps.policy.selectors import ruleset_of, use_slugs

DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A question with all that its answer depends on; `etag` changes when any of it does."""

    question: Question
    reading: Reading
    asked: tuple["_Asked", ...] = ()

    @property
    def etag(self) -> str:
        """A digest of everything that the answer depends on."""
        known, question = self.reading.known, self.question
        content = [
            question.model,
            question.use,
            question.jurisdiction,
            question.commercial,
            question.trace,
            self.reading.registered,
            self.reading.ruleset.number,
            settings.UNREGISTERED_OUTCOME,
            known and (known.facts_version or known.listing),
            known and known.moment.date().isoformat(),
            known and [exemption.id for exemption in known.exemptions],
            known and [measure.id for measure in known.measures],
            [one.told for one in self.asked],
        ]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:32]


def prepare(question: Question) -> Prepared:
    """Resolve a question and read what its answer depends on.

    Raises `UseUnknown`, `JurisdictionUnknown`, `CodeMistyped`, and `ListingUnknown` for a version
    that the model does not have. A model that is not known is no error.
    """
    must_be_place(question)
    return asked_of(question, read(question))


def must_be_place(question: Question) -> None:
    """Raise `JurisdictionUnknown` where a question names no place."""
    if question.jurisdiction != EVERYWHERE:
        jurisdiction(question.jurisdiction)


def asked_of(question: Question, reading: Reading) -> Prepared:
    """Ask the rules that stand what was read for a question; raise `UseUnknown`."""
    day = reading.moment.date()
    must_be_use(question.use, day)
    if reading.known is None:
        return Prepared(question, reading)
    return asked_by(ruleset_of(reading.ruleset, day), question, reading)


def asked_by(rules: Ruleset, question: Question, reading: Reading) -> Prepared:
    """Ask some rules what was read for a question of a known version."""
    known = reading.known
    if known is None:
        return Prepared(question, reading)
    places = _places(question, known)
    asked = tuple(_Asked(rules, known, question, place) for place in places)
    return Prepared(question, reading, asked)


def decide(question: Question) -> Decision:
    """Answer one question."""
    return answer(prepare(question))


def answer(prepared: Prepared) -> Decision:
    """Answer a prepared question by the rules in force, the measures and the exemptions."""
    reading, question = prepared.reading, prepared.question
    known = reading.known
    if known is None:
        return _unregistered(prepared)
    asked = prepared.asked
    default = Outcome.ALLOW if reading.registered else outcome_unregistered()
    outcome = max(default, *(one.outcome for one in asked))
    verdicts = [one.verdict for one in asked]
    measures = [measure for one in asked for measure in one.measures]
    citations = [found for one in asked for found in one.citations()]
    reasons = reasons_of(measures, citations)
    return Decision(
        outcome=outcome,
        would_be=max(outcome, *(one.would_be for one in asked)),
        may_be_offered=reading.registered and all(one.open for one in asked),
        registered=reading.registered,
        listing=reading.listing,
        version=reading.version,
        use=question.use,
        jurisdiction=question.jurisdiction,
        commercial=question.commercial,
        conditions=demands_of(verdicts, "conditions"),
        duties=demands_of(verdicts, "duties"),
        allowed_jurisdictions=_allowed(asked),
        reasons=reasons if reading.registered else (*reasons, reason_of_default(default)),
        exemptions=tuple({grant.id: grant for one in asked for grant in one.spared}.values()),
        provenance={"attested": known.attested, "decided": known.decided},
        facts_version=known.facts_version,
        ruleset_version=reading.ruleset.number,
        decided_at=reading.moment,
        trace=_trace(asked) if question.trace else None,
    )


def holds_until(prepared: Prepared) -> dt.datetime | None:
    """Return when the answer ends to hold though nothing is decided until then.

    That is the end of the day, or a moment before at which a rule begins or ends or a grant runs
    out, or at which a rule that reads the moment can turn. Nothing where it may not be kept, as
    its facts are not kept yet.
    """
    reading = prepared.reading
    known, moment = reading.known, reading.moment.astimezone(dt.UTC)
    tomorrow = dt.datetime.combine(moment.date() + DAY, dt.time(), dt.UTC)
    if known is None:
        return tomorrow
    rules = prepared.asked[0].rules if prepared.asked else None
    if known.facts_version is None or rules is None:
        return None
    today = tomorrow - DAY
    turns: list[dt.datetime | None] = [today + time for time in _times(rules)]
    turns += [turn for source in rules.sources for turn in (source.since, source.until)]
    turns += [grant.until_at for grant in known.exemptions]
    turns += [measure.until_at for measure in known.measures]
    return min([tomorrow, *(turn for turn in turns if turn is not None and turn > moment)])


def outcome_unregistered() -> Outcome:
    """Return what holds for a model that is not in the register."""
    return Outcome.of(settings.UNREGISTERED_OUTCOME)


class _Asked:
    """The answer for one territory."""

    def __init__(self, rules: Ruleset, known: Known, question: Question, place: str) -> None:
        self.place = place
        self.request = {
            "use": question.use,
            "jurisdiction": place,
            "commercial": question.commercial,
            "date": known.moment,
        }
        exempt = [grant for grant in known.exemptions if grant.scope.covers(question.use, place)]
        self.verdict: Verdict = rules.decide(
            known.listing, self.request, {grant.rule for grant in exempt}
        )
        spared = {source.id for source in self.verdict.exempted}
        self.spared = [grant for grant in exempt if grant.rule in spared]
        self.measures: list[KnownMeasure] = [
            measure for measure in known.measures if measure.scope.covers(question.use, place)
        ]
        set_by_measures = max((one.outcome for one in self.measures), default=Outcome.ALLOW)
        self.outcome = max(self.verdict.outcome, set_by_measures)
        self.would_be = max(self.verdict.would_be, set_by_measures)
        self.rules, self.known = rules, known

    @property
    def open(self) -> bool:
        """Whether the model may be offered here, be it with conditions."""
        if self.outcome <= Outcome.CONDITION:
            return True
        allowed = self.verdict.allowed
        return self.outcome is Outcome.RESTRICT and allowed is not None and self.place in allowed

    @property
    def told(self) -> list[Any]:
        """What the rules said, where time alone can make them say something else."""
        cited = self.citations() if reads_time(self.rules) else ()
        return [self.verdict.mask, *(found.clauses for found in cited)]

    def citations(self) -> tuple[Citation, ...]:
        """Return the rules that fired and are applied, with the clauses that hold."""
        return self.rules.cite(self.verdict, self.known.listing, self.request)


@lru_cache(maxsize=8)
def _times(rules: Ruleset) -> frozenset[dt.timedelta]:
    """Return the times of day at which time alone can turn what some rules say."""
    return frozenset[dt.timedelta]().union(*(times_of_day(rule.tree) for rule in rules.compiled))


@lru_cache(maxsize=8)
def reads_time(rules: Ruleset) -> bool:
    """Whether any rule reads the moment of the question."""
    return any(reads(rule.tree, DATE) for rule in rules.compiled)


def must_be_use(use: str, day: dt.date) -> None:
    """Raise `UseUnknown` where a use is not in the list of a day."""
    listed = _uses(day)
    if use not in listed:
        raise UseUnknown(
            _("“%(use)s” is not in the list of uses: %(uses)s.")
            % {"use": use, "uses": ", ".join(listed)},
            field="use",
        )


@lru_cache(maxsize=4)
def _uses(day: dt.date) -> tuple[str, ...]:
    """Return the uses of a day, read once: they change by a new edition of the portal only."""
    return tuple(use_slugs(day))


def _places(question: Question, known: Known) -> list[str]:
    if question.jurisdiction == EVERYWHERE:
        return [EVERYWHERE]
    return sorted(territories(jurisdiction(question.jurisdiction).code, known.moment.date()))


def _trace(asked: Sequence[_Asked]) -> tuple[RuleTrace, ...]:
    """Return what each part of each rule that fired answered, also of those not applied."""
    first: dict[str, RuleTrace] = {}
    for one in asked:
        for source in (*one.verdict.fired, *one.verdict.exempted):
            if source.key not in first:
                step = one.rules.trace(source, one.known.listing, one.request)
                first[source.key] = RuleTrace(
                    rule=source.id, version=source.version, jurisdiction=one.place, step=step
                )
    return tuple(first.values())


def _allowed(asked: Sequence[_Asked]) -> tuple[str, ...] | None:
    """Return where the model may be offered, where that is not all that was asked for."""
    if all(one.outcome <= Outcome.CONDITION for one in asked):
        return None
    if len(asked) > 1:
        return tuple(one.place for one in asked if one.open)
    [one] = asked
    return tuple(sorted(one.verdict.allowed or ())) if one.outcome is Outcome.RESTRICT else ()


def _unregistered(prepared: Prepared) -> Decision:
    question, reading, default = prepared.question, prepared.reading, outcome_unregistered()
    return Decision(
        outcome=default,
        would_be=default,
        may_be_offered=False,
        registered=False,
        listing="",
        version=None,
        use=question.use,
        jurisdiction=question.jurisdiction,
        commercial=question.commercial,
        conditions=(),
        duties=(),
        allowed_jurisdictions=(),
        reasons=(reason_of_default(default),),
        exemptions=(),
        provenance={"attested": (), "decided": ()},
        facts_version=None,
        ruleset_version=reading.ruleset.number,
        decided_at=reading.moment,
        trace=() if question.trace else None,
    )
