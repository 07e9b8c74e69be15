"""What people say of a rule's text and expression, and what the reader may do about it."""

from dataclasses import dataclass

from apps.core.actor import Actor
from apps.policy.models import Divergence, RuleVersion
from apps.policy.permissions import chambers_to_ask, speaks_for
from apps.policy.selectors import divergences_of
from apps.policy.states import DivergenceState

MOST = 20


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice of divergence on the page of its rule."""

    divergence: Divergence
    may_answer: bool
    may_stay: bool


def notices(actor: Actor, version: RuleVersion) -> list[Notice]:
    """Return the newest notices on a version; the actor's offices are asked once."""
    rows = list(divergences_of(version)[:MOST])
    if not rows or actor.person is None:
        return [Notice(row, may_answer=False, may_stay=False) for row in rows]
    answers, presides = speaks_for(actor, version), chambers_to_ask(actor).exists()
    return [
        Notice(
            row,
            may_answer=answers and row.filed_by_id != actor.person,
            may_stay=presides and row.state != DivergenceState.REJECTED,
        )
        for row in rows
    ]
