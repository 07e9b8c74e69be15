"""Rules for tests, entered by a regulator."""

import datetime as dt
from dataclasses import replace
from functools import cache

from apps.core.actor import Actor
from apps.core.jurisdictions import jurisdictions
from apps.policy.engine import Outcome, RuleError, RuleSource, compile_rule, types_of, value_of
from apps.policy.engine.goldens import LEAST, Golden, facts_kept, facts_written
from apps.policy.engine.proof import Ruled
from apps.policy.engine.suggesting import suggestions
from apps.policy.models import Rule, RuleVersion
from apps.policy.selectors import shipped_vocabulary
from apps.policy.selectors.registers import places_meant
from apps.policy.services import (
    ClauseDraft,
    ConditionDraft,
    ExampleDraft,
    RuleDraft,
    rule_enter,
    rules_turn,
)
from tests.factories import institutions

DAY = dt.date(2026, 11, 23)


def rule_draft(expression: str = "!listing.has_model_card", **changes: object) -> RuleDraft:
    """A draft that has no fault, in force in India once it is entered."""
    facts = {
        "title": "Models without a card",
        "authority": "Ministry of Models",
        "expression": expression,
        "outcome": Outcome.SUSPEND,
        "legal_basis": "Digital Markets Act, section 7",
        "clauses": [ClauseDraft(text="A model without a card is suspended.")],
        "jurisdictions": ["IN"],
    }
    if changes.get("outcome") is Outcome.CONDITION:
        facts["conditions"] = [ConditionDraft(code="show-notice", text="Show the notice.")]
    draft = RuleDraft(**(facts | changes))
    return draft if "examples" in changes else replace(draft, examples=examples_of(draft))


def examples_of(draft: RuleDraft) -> list[ExampleDraft]:
    """Golden examples that the solver finds for a draft; none for one with faults."""
    parameters = tuple((one.name, one.value) for one in draft.parameters)
    return list(_examples(draft.expression, parameters, tuple(draft.uses), *_places(draft)))


def _places(draft: RuleDraft) -> list[str]:
    """The places that a draft means, of those there are."""
    known = [place for place in draft.jurisdictions if place in jurisdictions()]
    return sorted(places_meant(known, DAY))


@cache
def _examples(
    expression: str, parameters: tuple[tuple[str, str], ...], uses: tuple[str, ...], *places: str
) -> list[ExampleDraft]:
    try:
        values = {name: value_of(value) for name, value in parameters}
        compiled = compile_rule(expression, shipped_vocabulary().with_parameters(types_of(values)))
    except RuleError:
        return []
    if compiled.unguarded():
        return []
    source = RuleSource(
        id="examples",
        expression=expression,
        outcome=Outcome.ALLOW,
        parameters=values,
        uses=frozenset(uses),
        jurisdictions=frozenset(places),
    )
    found = suggestions(Ruled(source, compiled), shipped_vocabulary())
    enough = [one for fires in (True, False) for one in _of_answer(found, fires=fires)]
    return [
        ExampleDraft(facts=facts_written(one.listing, one.req), fires=one.fires) for one in enough
    ]


def _of_answer(found: list[Golden], *, fires: bool) -> list[Golden]:
    return [one for one in found if one.fires is fires][:LEAST]


def example_rows(draft: RuleDraft) -> dict[str, str]:
    """The same as rows of a form."""
    return {
        f"examples-{number}-{name}": str(value)
        for number, one in enumerate(examples_of(draft))
        for name, value in (("facts", one.facts), ("fires", one.fires))
    }


def examples_sent(draft: RuleDraft) -> list[dict]:
    """The same as the API takes them."""
    return [
        {"listing": listing, "req": req, "fires": one.fires}
        for one in examples_of(draft)
        for listing, req in [facts_kept(one.facts)]
    ]


def other(number: int) -> str:
    """An expression that no other number's covers."""
    return f"listing.downloads == {number}"


def entered(
    draft: RuleDraft | None = None, *, actor: Actor | None = None, rule: Rule | None = None
) -> RuleVersion:
    """A version in the register, begun where its time has come."""
    actor = actor or institutions.actor(institutions.regulator("*"))
    version = rule_enter(actor=actor, draft=draft or rule_draft(), rule=rule)
    rules_turn()
    return RuleVersion.objects.select_related("rule").get(pk=version.pk)
