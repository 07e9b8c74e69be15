"""Who may grant and set measures, within a mandate; and who speaks for a marketplace."""

from apps.core.actor import Actor, ActorKind
from apps.institutions.models import Organisation
from apps.institutions.offices import Subject
from apps.institutions.permissions import has_mandate, is_member


def can_grant(actor: Actor, jurisdictions: list[str]) -> bool:
    """Whether the actor may grant sandboxes and exemptions there (none named: everywhere)."""
    return has_mandate(actor, jurisdictions, Subject.MODELS)


def can_take_back(actor: Actor, jurisdictions: list[str]) -> bool:
    """Whether the actor may end an exemption there before its time.

    A procedure above that granted one for as long as it lasts ends it as the portal itself.
    """
    return actor.kind is ActorKind.SYSTEM or can_grant(actor, jurisdictions)


def can_set_measures(actor: Actor, jurisdictions: list[str]) -> bool:
    """Whether the actor may set an outcome there.

    A procedure above asks who may decide, and then sets the measure as the portal itself.
    """
    return actor.kind is ActorKind.SYSTEM or can_grant(actor, jurisdictions)


def can_acknowledge(actor: Actor, organisation: Organisation) -> bool:
    """Whether the actor speaks for the organisation's marketplaces: a member, or its token."""
    return is_member(actor, organisation)
