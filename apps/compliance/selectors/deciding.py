"""“May this model be offered for use U in jurisdiction J?”, answered with reasons."""

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from apps.compliance.errors import UseUnknown
from apps.compliance.scenarios import EVERYWHERE
from apps.compliance.selectors.answers import Decision, Question
from apps.compliance.selectors.grounds import demands_of, reason_of_default, reasons_of
from apps.compliance.selectors.known import Known, KnownMeasure
from apps.compliance.selectors.reading import Reading, read
from apps.core.jurisdictions import jurisdiction, territories
from apps.policy.engine import Citation, Outcome, Ruleset, Verdict
from apps.policy.selectors import ruleset_of, use_slugs


@dataclass(frozen=True, slots=True)
class Prepared:
    """A question with all that its answer depends on; `etag` changes when any of it does."""

    question: Question
    reading: Reading

    @property
    def etag(self) -> str:
        """A digest of everything that the answer depends on."""
        known, question = self.reading.known, self.question
        content = [
            question.model,
            question.use,
            question.jurisdiction,
            question.commercial,
            self.reading.registered,
            self.reading.ruleset.number,
            settings.UNREGISTERED_OUTCOME,
            known and (known.facts_version or known.listing),
            known and known.moment.date().isoformat(),
            known and [exemption.id for exemption in known.exemptions],
            known and [measure.id for measure in known.measures],
        ]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:32]


def prepare(question: Question) -> Prepared:
    """Resolve a question and read what its answer depends on.

    Raises `UseUnknown`, `JurisdictionUnknown`, `CodeMistyped`, and `ListingUnknown` for a version
    that the model does not have. A model that is not known is no error.
    """
    if question.jurisdiction != EVERYWHERE:
        jurisdiction(question.jurisdiction)
    reading = read(question)
    _must_be_use(question.use, reading.moment.date())
    return Prepared(question, reading)


def decide(question: Question) -> Decision:
    """Answer one question."""
    return answer(prepare(question))


def answer(prepared: Prepared) -> Decision:
    """Answer a prepared question by the rules in force, the measures and the exemptions."""
    reading, question = prepared.reading, prepared.question
    known = reading.known
    if known is None:
        return _unregistered(prepared)
    rules = ruleset_of(reading.ruleset, reading.moment.date())
    asked = [_Asked(rules, known, question, place) for place in _places(question, known)]
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
    )


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

    def citations(self) -> tuple[Citation, ...]:
        """Return the rules that fired and are applied, with the clauses that hold."""
        return self.rules.cite(self.verdict, self.known.listing, self.request)


def _must_be_use(use: str, day: dt.date) -> None:
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


def _allowed(asked: list[_Asked]) -> tuple[str, ...] | None:
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
    )
