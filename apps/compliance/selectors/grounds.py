"""The words of an answer: its reasons, and what its rules demand."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from django.utils.translation import gettext as _

from apps.compliance.selectors.answers import Demand, Reason
from apps.compliance.selectors.known import KnownMeasure
from apps.policy.engine import Citation, Mode, Outcome, RuleSource, Verdict
from apps.policy.models import RuleVersion

Named = Literal["conditions", "duties"]


@dataclass(frozen=True, slots=True)
class Words:
    """What a rule version says beside its clauses."""

    citation: str
    legal_basis: str
    conditions: tuple[Demand, ...]
    duties: tuple[Demand, ...]


def demands_of(verdicts: Iterable[Verdict], name: Named) -> tuple[Demand, ...]:
    """Return the conditions or duties of the enforced rules that fired, each rule's once."""
    bound: dict[str, RuleSource] = {
        source.key: source
        for verdict in verdicts
        for source in verdict.fired
        if source.mode is Mode.ENFORCE
    }
    return tuple(demand for key in bound for demand in getattr(words_of(key), name))


def reasons_of(
    measures: Iterable[KnownMeasure], citations: Iterable[Citation]
) -> tuple[Reason, ...]:
    """Return each ground once, measures first, then the rules by severity."""
    imposed = {measure.id: measure for measure in measures}
    cited = {found.rule.key: found for found in citations}
    by_severity = sorted(cited.values(), key=lambda found: -found.rule.outcome)
    return (*map(_of_measure, imposed.values()), *map(_of_rule, by_severity))


def reason_of_default(outcome: Outcome) -> Reason:
    """Return why a model has this outcome that is not in the register."""
    return Reason(
        outcome=outcome,
        mode=Mode.ENFORCE,
        citation="UNREGISTERED_OUTCOME",
        link="/charter/#unregistered",
        text=_(
            "No listing of the register answers to this name. Until it is registered, what the "
            "operator of this portal has set for such models holds."
        ),
    )


def _of_measure(measure: KnownMeasure) -> Reason:
    return Reason(
        outcome=measure.outcome,
        mode=Mode.ENFORCE,
        measure=measure.code,
        reference=measure.reference,
        text=measure.reason,
    )


def _of_rule(found: Citation) -> Reason:
    source, words = found.rule, words_of(found.rule.key)
    texts = {clause.number: clause.text for clause in source.clauses}
    first = f"#clause-{found.clauses[0]}" if found.clauses else ""
    return Reason(
        outcome=source.outcome,
        mode=source.mode,
        rule=source.id,
        version=source.version,
        clauses=tuple((number, texts[number]) for number in found.clauses),
        citation=words.citation,
        legal_basis=words.legal_basis,
        link=f"/rules/{source.id}/v{source.version}/{first}",
    )


@lru_cache(maxsize=1024)
def words_of(key: str) -> Words:
    """Return the words of a rule version, read once: they never change."""
    version = RuleVersion.objects.select_related("rule").get(pk=key)
    code = version.rule.code
    return Words(
        citation=version.citation,
        legal_basis=version.legal_basis,
        conditions=tuple(
            Demand(rule=code, code=row.code, text=row.text) for row in version.conditions.all()
        ),
        duties=tuple(
            Demand(rule=code, code=row.code, text=row.text, addressee=row.addressee)
            for row in version.duties.all()
        ),
    )
