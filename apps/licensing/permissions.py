"""Who may settle what a licence's name means."""

from apps.core.actor import Actor, ActorKind


def can_settle_names(actor: Actor) -> bool:
    """Whether the actor may say which licence a name means."""
    return actor.kind in {ActorKind.OPERATOR, ActorKind.SYSTEM}
