"""Who may make and end rules."""

from collections.abc import Iterable

from apps.core.actor import Actor, ActorKind
from apps.institutions.offices import Office, Subject
from apps.institutions.permissions import has_mandate, has_scope, holds_office, remit_of
from apps.institutions.scopes import Scope
from apps.policy.models import RuleVersion
from apps.policy.states import StatuteKind


def can_enter_instruments(actor: Actor) -> bool:
    """Whether the actor holds the office that enters statutory instruments."""
    return _in_scope(actor) and holds_office(actor, Office.REGULATOR)


def can_enter_instrument(actor: Actor, jurisdictions: list[str]) -> bool:
    """Whether a regulator's mandate on models covers every territory of the instrument."""
    return _in_scope(actor) and has_mandate(actor, jurisdictions, Subject.MODELS)


def can_end_version(actor: Actor, version: RuleVersion) -> bool:
    """Whether the actor may repeal or withdraw this version of a statutory instrument."""
    return bool(may_be_ended(actor, [version]))


def may_be_ended(actor: Actor, versions: Iterable[RuleVersion]) -> list[RuleVersion]:
    """Return the versions that the actor may repeal or withdraw; the mandates are read once."""
    instruments = [one for one in versions if one.rule.kind == StatuteKind.INSTRUMENT]
    if not instruments or not _in_scope(actor):
        return []
    remit = remit_of(actor, Subject.MODELS)
    return [one for one in instruments if remit.covers(one.jurisdictions)]


def can_enact(actor: Actor) -> bool:
    """Whether the portal itself acts, carrying out what a procedure has adopted."""
    return actor.kind is ActorKind.SYSTEM


def _in_scope(actor: Actor) -> bool:
    return has_scope(actor, Scope.RULES_WRITE)
