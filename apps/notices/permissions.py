"""Who reads a notice: the person it was written to, and nobody else."""

from apps.core.actor import Actor
from apps.institutions.permissions import in_good_standing


def has_inbox(actor: Actor) -> bool:
    """Whether the actor has notices of their own: a known person in good standing."""
    return in_good_standing(actor)
