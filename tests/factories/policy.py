"""Rules for tests, entered by a regulator."""

from apps.core.actor import Actor
from apps.policy.engine import Outcome
from apps.policy.models import Rule, RuleVersion
from apps.policy.services import ClauseDraft, ConditionDraft, RuleDraft, rule_enter, rules_turn
from tests.factories import institutions


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
    return RuleDraft(**(facts | changes))


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
