"""“May this model be offered for use U in jurisdiction J?”, answered with reasons."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from apps.compliance.errors import UseUnknown
from apps.compliance.scenarios import EVERYWHERE
from apps.compliance.selectors.answers import Decision, Demand, Question, Reason
from apps.compliance.selectors.known import Known, KnownMeasure, known_of
from apps.core.clock import now
from apps.core.jurisdictions import jurisdiction, territories
from apps.listings.errors import ListingUnknown
from apps.listings.models import ListingVersion
from apps.listings.selectors.resolving import version_of, version_resolve
from apps.policy.engine import Citation, Mode, Outcome, Ruleset, Verdict
from apps.policy.models import RuleVersion
from apps.policy.selectors import ruleset, ruleset_version, use_slugs


@dataclass(frozen=True, slots=True)
class Prepared:
    """A question with all that its answer depends on; `etag` changes when any of it does."""

    question: Question
    found: ListingVersion | None
    known: Known | None
    ruleset: int
    registered: bool

    @property
    def etag(self) -> str:
        """A digest of everything that the answer depends on."""
        known, question = self.known, self.question
        content = [
            question.model,
            question.use,
            question.jurisdiction,
            question.commercial,
            self.registered,
            self.ruleset,
            settings.UNREGISTERED_OUTCOME,
            known and known.facts_version,
            known and known.moment.date().isoformat(),
            known and [exemption.id for exemption in known.exemptions],
            known and [measure.id for measure in known.measures],
        ]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:32]


def prepare(question: Question) -> Prepared:
    """Resolve a question and read what its answer depends on.

    Raises `UseUnknown`, `JurisdictionUnknown`, `ListingUnknown` for a version that the model does
    not have, and `NotAssessedYet`. A model that is not known is no error.
    """
    _must_be_use(question.use, now().date())
    if question.jurisdiction != EVERYWHERE:
        jurisdiction(question.jurisdiction)
    found, registered = _found(question)
    known = known_of(found.pk, found.listing_id) if found else None
    return Prepared(question, found, known, ruleset_version(), registered)


def decide(question: Question) -> Decision:
    """Answer one question."""
    return answer(prepare(question))


def answer(prepared: Prepared) -> Decision:
    """Answer a prepared question by the rules in force, the measures and the exemptions."""
    if prepared.found is None or prepared.known is None:
        return _unregistered(prepared)
    rules, question, known = ruleset(), prepared.question, prepared.known
    asked = [_Asked(rules, known, question, place) for place in _places(question, known)]
    worst = max(asked, key=lambda one: (one.outcome, one.would_be))
    versions = _versions(asked)
    default = Outcome.ALLOW if prepared.registered else _default()
    outcome = max(worst.outcome, default)
    return Decision(
        outcome=outcome,
        would_be=max(outcome, *(one.would_be for one in asked)),
        may_be_offered=prepared.registered and all(one.open for one in asked),
        registered=prepared.registered,
        listing=prepared.found.listing.code,
        version=prepared.found.number,
        use=question.use,
        jurisdiction=question.jurisdiction,
        commercial=question.commercial,
        conditions=tuple(_demands(asked, versions, "conditions")),
        duties=tuple(_demands(asked, versions, "duties")),
        allowed_jurisdictions=_allowed(asked),
        reasons=tuple(_reasons(asked, versions)),
        exemptions=tuple({grant.id: grant for one in asked for grant in one.spared}.values()),
        provenance={"attested": known.attested, "decided": known.decided},
        facts_version=known.facts_version,
        ruleset_version=prepared.ruleset,
        decided_at=known.moment,
    )


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

    def citations(self) -> list[Citation]:
        """Return the rules that fired and are applied, with the clauses that hold."""
        return list(self.rules.cite(self.verdict, self.known.listing, self.request))


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


def _found(question: Question) -> tuple[ListingVersion | None, bool]:
    """Return the version meant, and whether it is registered under the name given."""
    try:
        found = version_resolve(question.model, question.marketplace)
    except ListingUnknown:
        return _copy(question.digest), False
    return (version_of(found, question.version) if question.version else found), True


def _copy(digest: str) -> ListingVersion | None:
    if not digest:
        return None
    try:
        return version_resolve(digest)
    except ListingUnknown:
        return None


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


def _versions(asked: list[_Asked]) -> dict[str, RuleVersion]:
    """Return the rule versions that fired, with the words of their conditions and duties."""
    keys = {source.key for one in asked for source in one.verdict.fired}
    return {key: _version(key) for key in keys}


@lru_cache(maxsize=1024)
def _version(key: str) -> RuleVersion:
    """Return a rule version with its words, read once: they never change."""
    return RuleVersion.objects.prefetch_related("conditions", "duties").get(pk=key)


def _demands(
    asked: list[_Asked], versions: Mapping[str, RuleVersion], name: str
) -> Iterator[Demand]:
    bound = {
        source.key: source.id
        for one in asked
        for source in one.verdict.fired
        if source.mode is Mode.ENFORCE
    }
    for key, code in bound.items():
        for row in getattr(versions[key], name).all():
            yield Demand(
                rule=code,
                code=row.code,
                text=row.text,
                addressee=row.addressee if name == "duties" else "",
            )


def _reasons(asked: list[_Asked], versions: Mapping[str, RuleVersion]) -> Iterator[Reason]:
    """Return each ground once, measures first, then the rules by severity."""
    measures = {measure.id: measure for one in asked for measure in one.measures}
    for measure in measures.values():
        yield Reason(
            outcome=measure.outcome,
            mode=Mode.ENFORCE,
            measure=measure.code,
            reference=measure.reference,
            text=measure.reason,
        )
    cited = {found.rule.key: found for one in asked for found in one.citations()}
    for key, found in sorted(cited.items(), key=lambda pair: -pair[1].rule.outcome):
        source, version = found.rule, versions[key]
        texts = {clause.number: clause.text for clause in source.clauses}
        first = f"#clause-{found.clauses[0]}" if found.clauses else ""
        yield Reason(
            outcome=source.outcome,
            mode=source.mode,
            rule=source.id,
            version=source.version,
            clauses=tuple((number, texts[number]) for number in found.clauses),
            citation=version.citation,
            legal_basis=version.legal_basis,
            link=f"/rules/{source.id}/v{source.version}/{first}",
        )


def _unregistered(prepared: Prepared) -> Decision:
    question = prepared.question
    return Decision(
        outcome=_default(),
        would_be=_default(),
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
        reasons=(),
        exemptions=(),
        provenance={"attested": (), "decided": ()},
        facts_version=None,
        ruleset_version=prepared.ruleset,
        decided_at=now(),
    )


def _default() -> Outcome:
    """Return what holds for a model that is not in the register."""
    return Outcome.of(settings.UNREGISTERED_OUTCOME)
