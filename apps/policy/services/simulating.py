"""A draft as the engine takes it, so that its effect can be shown before it is a rule."""

import uuid

from apps.core.clock import now
from apps.policy.engine import ClauseSource, RuleSource, value_of
from apps.policy.models import Rule
from apps.policy.selectors.registers import places_meant
from apps.policy.services.drafts import RuleDraft

NO_RULE = "draft"
NO_VERSION = uuid.UUID(int=0)


def draft_source(draft: RuleDraft, *, follows: Rule | None = None) -> RuleSource:
    """Return a draft without faults as if it were in force; `follows` is the rule it would change.

    Its dates are left out: what it would do is asked of today's listings.
    """
    return RuleSource(
        id=follows.code if follows else NO_RULE,
        key=str(NO_VERSION),
        version=0,
        expression=draft.expression,
        outcome=draft.outcome,
        mode=draft.mode,
        parameters={one.name: value_of(one.value) for one in draft.parameters},
        jurisdictions=places_meant(draft.jurisdictions, now().date()),
        uses=frozenset(draft.uses),
        since=None,
        until=None,
        allowed=frozenset(draft.allowed_jurisdictions),
        conditions=tuple(condition.code for condition in draft.conditions),
        duties=tuple(duty.code for duty in draft.duties),
        clauses=tuple(
            ClauseSource(number, clause.text, clause.expression)
            for number, clause in enumerate(draft.clauses, start=1)
        ),
    )
