"""Who may grant, take back and set measures: regulators within their mandates."""

from apps.core.actor import Actor, ActorKind
from apps.institutions.offices import Subject
from apps.institutions.permissions import has_mandate


def can_grant(actor: Actor, jurisdictions: list[str]) -> bool:
    """Whether the actor may grant sandboxes and exemptions there (none named: everywhere)."""
    return has_mandate(actor, jurisdictions, Subject.MODELS)


def can_set_measures(actor: Actor, jurisdictions: list[str]) -> bool:
    """Whether the actor may set an outcome there.

    A procedure above asks who may decide, and then sets the measure as the portal itself.
    """
    return actor.kind is ActorKind.SYSTEM or can_grant(actor, jurisdictions)
