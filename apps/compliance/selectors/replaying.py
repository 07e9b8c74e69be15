"""A past decision made again, from the versions that its answer names."""

import datetime as dt

from django.db.models import Q

from apps.compliance.errors import FactsUnknown
from apps.compliance.models import Exemption, Facts, Measure
from apps.compliance.selectors.answers import Decision, Question
from apps.compliance.selectors.deciding import (
    answer,
    asked_by,
    must_be_place,
    must_be_use,
)
from apps.compliance.selectors.gathering import COLUMNS
from apps.compliance.selectors.known import known_from
from apps.compliance.selectors.reading import Reading
from apps.listings.models import ListingVersion
from apps.policy.selectors import RulesetMark, ruleset_numbered


def decide_again(
    question: Question, *, decided_at: dt.datetime, facts_version: int, ruleset_version: int
) -> Decision:
    """Return what was answered at a moment from these facts and rules.

    The grants and measures are those that ran then; `question.model` is not read. Raises
    `FactsUnknown`, `UseUnknown` and `JurisdictionUnknown`.
    """
    must_be_place(question)
    must_be_use(question.use, decided_at.date())
    facts = Facts.objects.select_related("version__listing").filter(pk=facts_version).first()
    if facts is None:
        raise FactsUnknown(field="facts_version")
    version = facts.version
    known = known_from(
        decided_at,
        {name: getattr(facts, name) for name in ("id", *_names())},
        [_exemption(row) for row in _exemptions(version, decided_at)],
        [_measure(row) for row in _measures(version, decided_at)],
    )
    mark = RulesetMark(ruleset_version, None)
    reading = Reading(
        moment=decided_at,
        ruleset=mark,
        registered=True,
        listing=version.listing.code,
        version=version.number,
        known=known,
    )
    return answer(asked_by(ruleset_numbered(ruleset_version, decided_at), question, reading))


def _names() -> list[str]:
    """Return the columns of facts; the licence stands there by its name alone."""
    return COLUMNS.split(", ")


def _exemptions(version: ListingVersion, moment: dt.datetime) -> list[Exemption]:
    rows = Exemption.objects.running(moment).filter(listing=version.listing_id)
    return list(rows.select_related("rule").order_by("id"))


def _measures(version: ListingVersion, moment: dt.datetime) -> list[Measure]:
    own = Q(listing=version.listing_id)
    if version.weight_digest:
        twins = ListingVersion.objects.filter(weight_digest=version.weight_digest)
        own |= Q(listing__in=twins.values("listing"))
    return list(Measure.objects.running(moment).filter(own).order_by("id"))


def _exemption(row: Exemption) -> dict[str, object]:
    return {
        "id": str(row.id),
        "code": row.code,
        "rule": row.rule.code,
        "uses": row.uses,
        "jurisdictions": row.jurisdictions,
        "until_at": row.until_at.isoformat(),
    }


def _measure(row: Measure) -> dict[str, object]:
    return {
        "id": str(row.id),
        "code": row.code,
        "outcome": row.outcome,
        "uses": row.uses,
        "jurisdictions": row.jurisdictions,
        "reference": row.reference,
        "reason": row.reason,
        "until_at": row.until_at and row.until_at.isoformat(),
    }
