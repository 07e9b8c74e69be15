"""Whom a draft would touch today: every listing on offer asked by the database, nothing kept."""

from dataclasses import dataclass
from typing import Any

from django.db import OperationalError, connection, transaction
from psycopg.errors import QueryCanceled

from apps.compliance.reach import place_splits
from apps.compliance.scenarios import Probe, grid
from apps.compliance.selectors.impact import impact_of as whole_impact
from apps.compliance.selectors.law import AppliedRule, reached, world
from apps.core.clock import now
from apps.listings.states import ListingState
from apps.policy.engine import RuleSource, compile_rule, types_of, value_of
from apps.policy.engine.sql import Sql
from apps.policy.models import RuleVersion
from apps.policy.selectors import use_slugs, vocabulary
from apps.policy.services import RuleDraft
from apps.policy.states import RuleMode, RuleOutcome

PATIENCE = "3s"
MOST_QUESTIONS = 200
SAMPLES = 5
FIRES = """
    from (
        select f.*, (%s::date - f.eval_date) as eval_age_days from compliance_facts f
        where f.until_at is null
    ) listing
    join listings_listing l on l.current_id = listing.version_id and l.state = %s
"""


@dataclass(frozen=True, slots=True)
class Impact:
    """How many of the listings on offer a draft would touch for some use somewhere in its scope."""

    touched: int
    listed: int
    samples: list[tuple[str, str]]

    @property
    def others(self) -> int:
        """How many are touched beside those shown."""
        return self.touched - len(self.samples)


@dataclass(frozen=True, slots=True)
class Turned:
    """How listings would stand again: (now, then, how many), and how many change at all."""

    rows: list[tuple[str, str, int]]
    changed: int


def impact_of(draft: RuleDraft) -> Impact | None:
    """Return whom a sound draft would touch now; `None` where a page cannot wait for the answer.

    A draft touches a listing when it fires for at least one use and place of its scope, asked
    commercially, today.
    """
    rule = _applied(draft)
    questions = _questions(rule)
    if len(questions) > MOST_QUESTIONS:
        return None
    try:
        return _counted(*_fires(rule, questions))
    except OperationalError as error:
        if isinstance(error.__cause__, QueryCanceled):
            return None
        raise


def turned(version: RuleVersion) -> Turned | None:
    """Return what taking a version back would change; `None` where a page cannot wait for it.

    It is what the version changes now, turned around.
    """
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"set local statement_timeout = '{PATIENCE}'")
            found = whole_impact(version)
            cursor.execute("set local statement_timeout to default")
    except OperationalError as error:
        if isinstance(error.__cause__, QueryCanceled):
            return None
        raise
    pairs = found.enforced if version.mode == RuleMode.ENFORCE else found.would_be
    rows = [
        (str(RuleOutcome(after).label), str(RuleOutcome(before).label), listings)
        for (before, after), listings in sorted(pairs.items())
        if before != after
    ]
    return Turned(rows, len(found.changed))


@transaction.atomic
def _counted(text: str, values: list[Any]) -> Impact:
    scan: list[Any] = [now().date(), ListingState.LISTED.value]
    with connection.cursor() as cursor:
        cursor.execute(f"set local statement_timeout = '{PATIENCE}'")
        cursor.execute(f"select count(*) filter (where {text}), count(*) {FIRES}", values + scan)
        touched, listed = cursor.fetchone()
        cursor.execute(
            f"select l.code, l.name {FIRES} where {text} order by l.name, l.id limit {SAMPLES}",
            scan + values,
        )
        samples = cursor.fetchall()
        cursor.execute("set local statement_timeout to default")
    return Impact(touched, listed, samples)


def _applied(draft: RuleDraft) -> AppliedRule:
    parameters = {parameter.name: value_of(parameter.value) for parameter in draft.parameters}
    known = vocabulary().with_parameters(types_of(parameters))
    source = RuleSource(
        id="draft",
        expression=draft.expression,
        outcome=draft.outcome,
        parameters=parameters,
        uses=frozenset(draft.uses),
    )
    return AppliedRule(
        source=source,
        compiled=compile_rule(draft.expression, known),
        territories=reached(draft.jurisdictions, now().date()),
        clauses=(),
    )


def _questions(rule: AppliedRule) -> list[Probe]:
    """Return the uses and places of the scope that the expression can tell apart."""
    everything = world()
    splits = place_splits(rule.compiled.tree, everything)
    if rule.territories is not None:
        splits.append(rule.territories)
    return rule.probes(grid(use_slugs(), everything, splits))


def _fires(rule: AppliedRule, questions: list[Probe]) -> tuple[str, list[Any]]:
    texts, values = [], list[Any]()
    for question in questions:
        req = {
            "use": question.use,
            "jurisdiction": question.place,
            "commercial": True,
            "date": now(),
        }
        text, more = Sql(req, rule.parameters, "listing").write(rule.compiled.tree)
        texts.append(f"coalesce({text}, false)")
        values += more
    return f"({' or '.join(texts) or 'false'})", values
