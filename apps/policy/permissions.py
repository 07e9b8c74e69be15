"""Who may make and end rules."""

from collections.abc import Iterable

from django.db.models import QuerySet

from apps.core.actor import Actor, ActorKind
from apps.institutions.models import Chamber, OfficeHolding
from apps.institutions.offices import Office, Subject
from apps.institutions.permissions import (
    has_mandate,
    has_scope,
    holds_office,
    in_good_standing,
    remit_of,
)
from apps.institutions.scopes import Scope
from apps.policy.models import Divergence, RuleStay, RuleVersion
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


def can_file_divergence(actor: Actor) -> bool:
    """Whether the actor may say that text and expression part: any person in good standing."""
    return has_scope(actor, Scope.PROPOSALS_WRITE) and in_good_standing(actor)


def can_answer_divergence(actor: Actor, divergence: Divergence) -> bool:
    """Whether the actor speaks for the office that made the rule, and did not file the notice."""
    return actor.person != divergence.filed_by_id and speaks_for(actor, divergence.version)


def speaks_for(actor: Actor, version: RuleVersion) -> bool:
    """Whether the actor holds the office that made a rule.

    For an instrument a regulator whose mandate covers it, for what chambers adopted a clerk.
    """
    if version.rule.kind == StatuteKind.INSTRUMENT:
        return can_enter_instrument(actor, version.jurisdictions)
    return _in_scope(actor) and holds_office(actor, Office.CLERK)


def chambers_to_ask(actor: Actor) -> QuerySet[Chamber]:
    """Return the chambers in whose name the actor may ask for a stay: those it presides over."""
    if not _in_scope(actor) or not holds_office(actor, Office.CHAIR):
        return Chamber.objects.none()
    held = OfficeHolding.objects.held().filter(user=actor.person, office=Office.CHAIR)
    return Chamber.objects.filter(pk__in=held.values("chamber")).order_by("sector")


def chambers_to_countersign(actor: Actor, stay: RuleStay) -> QuerySet[Chamber]:
    """Return the chambers in whose name the actor may countersign: another's, by another chair."""
    if actor.person == stay.asked_by_id:
        return Chamber.objects.none()
    return chambers_to_ask(actor).exclude(pk=stay.asked_for_id)


def can_end_stay(actor: Actor, stay: RuleStay) -> bool:
    """Whether the actor signed it and still presides over the chamber it signed for."""
    signed = {
        stay.asked_by_id: stay.asked_for_id,
        stay.countersigned_by_id: stay.countersigned_for_id,
    }
    chamber = signed.get(actor.person) if actor.person else None
    return chamber is not None and chambers_to_ask(actor).filter(pk=chamber).exists()
