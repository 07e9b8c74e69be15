"""Who may grant and set measures, who speaks for a marketplace, and who may try a draft."""

from apps.core.actor import Actor, ActorKind
from apps.institutions.models import Organisation
from apps.institutions.offices import Subject
from apps.institutions.permissions import has_mandate, has_scope, in_good_standing, is_member
from apps.institutions.scopes import Scope


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


def can_simulate(actor: Actor) -> bool:
    """Whether the actor may ask what a draft would change: any person in good standing."""
    return actor.person is not None and _reads_rules(actor) and in_good_standing(actor)


def _reads_rules(actor: Actor) -> bool:
    return has_scope(actor, Scope.RULES_READ)
