"""Who may settle what a licence's name means."""

from apps.core.actor import Actor, ActorKind
from apps.institutions.offices import Office
from apps.institutions.permissions import holds_office


def can_settle_names(actor: Actor) -> bool:
    """Whether the actor may say which licence a name means: a clerk, or the portal itself."""
    if actor.kind in {ActorKind.OPERATOR, ActorKind.SYSTEM}:
        return True
    return holds_office(actor, Office.CLERK)
