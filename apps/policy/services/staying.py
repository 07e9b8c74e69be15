"""Two chairs of different chambers stay a rule: it runs on, and binds nobody for a time.

A stay is two versions of the same text: one that only advises from this moment, and one that
begins as the stay runs out. So every past moment keeps its rules, and nothing else of the house
needs to know of stays.
"""

import datetime as dt
from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.clocks.selectors import window
from apps.core.actor import Actor
from apps.core.clock import now
from apps.core.errors import Invalid
from apps.institutions.models import Chamber
from apps.institutions.permissions import refusal
from apps.institutions.services.constraints import refused_as
from apps.journal.services import record
from apps.policy.acts import StayAsked, StayEnded, StayStarted
from apps.policy.engine import Mode
from apps.policy.errors import NothingToStay, StayOpen, StayOver
from apps.policy.models import Divergence, Rule, RuleStay, RuleVersion
from apps.policy.permissions import can_end_stay, chambers_to_ask, chambers_to_countersign
from apps.policy.services.changes import ruleset_change
from apps.policy.services.documents import next_draft
from apps.policy.services.entering import version_end, version_write
from apps.policy.states import (
    RULE_STAY,
    DivergenceState,
    Ending,
    RuleMode,
    RuleState,
    RuleStayState,
)

TERM = "policy.stay"
OPEN = {"policy_one_stay_asked": StayOpen}
STAYABLE = (DivergenceState.FILED, DivergenceState.CONFIRMED)


@transaction.atomic
def stay_ask(*, actor: Actor, divergence: Divergence, reasons: str) -> RuleStay:
    """Ask, as a chair, that the rule of a notice be stayed; nothing changes yet.

    Raises `NothingToStay` where the notice was rejected or its version does not bind, and
    `StayOpen` where another stay of it waits.
    """
    chamber = chambers_to_ask(actor).first()
    if actor.person is None or chamber is None:
        raise refusal(actor, _("The chair of a chamber asks for a stay."))
    version = _locked(divergence)
    if not reasons.strip():
        raise Invalid(_("A stay needs its reasons."), field="reasons")
    with refused_as(OPEN):
        stay = RuleStay.objects.create(
            divergence=divergence,
            stayed=version,
            reasons=reasons.strip(),
            asked_by_id=actor.person,
            asked_for=chamber,
            asked_at=now(),
        )
    act = StayAsked(
        subject=version.rule_id,
        stay=stay.pk,
        version=version.pk,
        code=divergence.code,
        chamber=chamber.sector,
    )
    record(act, actor=actor)
    return stay


@transaction.atomic
def stay_countersign(*, actor: Actor, stay: RuleStay) -> RuleStay:
    """Countersign as the chair of another chamber: from now on the rule only advises."""
    version = _locked(stay.divergence)
    held = RuleStay.objects.select_for_update().get(pk=stay.pk)
    chamber = chambers_to_countersign(actor, held).first()
    if actor.person is None or chamber is None:
        raise refusal(actor, _("The chair of another chamber countersigns."))
    RULE_STAY.move(held, RuleStayState.STAYED)
    until_at = window(TERM, now())[1]
    _run(held, version, until_at)
    held.countersigned_by_id, held.countersigned_for = actor.person, chamber
    held.countersigned_at, held.until_at = now(), until_at
    held.save()
    ruleset_change()
    record(_started(held, chamber), actor=actor)
    return held


@transaction.atomic
def stay_end(*, actor: Actor, stay: RuleStay) -> RuleStay:
    """Withdraw what was only asked for, or lift a stay: the rule binds again from now on.

    Raises `StayOver` where its time is over, or the rule's.
    """
    Rule.objects.select_for_update().get(pk=stay.stayed.rule_id)
    held = RuleStay.objects.select_for_update().get(pk=stay.pk)
    if not can_end_stay(actor, held):
        raise refusal(actor, _("A chair who signed it ends a stay."))
    if held.state == RuleStayState.STAYED and not held.runs:
        raise StayOver
    return _end(actor, held)


def stays_end(actor: Actor, divergence: Divergence) -> None:
    """End what a notice led to, with the answer that nothing parts; the rule is locked."""
    open_ones = divergence.stays.filter(state__in=[RuleStayState.ASKED, RuleStayState.STAYED])
    for stay in open_ones.select_for_update():
        if stay.is_open:
            _end(actor, stay)


def _end(actor: Actor, held: RuleStay) -> RuleStay:
    runs = held.state == RuleStayState.STAYED
    RULE_STAY.move(held, RuleStayState.LIFTED if runs else RuleStayState.WITHDRAWN)
    held.ended_at = now()
    if runs:
        _resume(held)
    held.save()
    act = StayEnded(
        subject=held.stayed.rule_id,
        stay=held.pk,
        version=held.stayed_id,
        code=held.divergence.code,
        result=held.state,
        resumed=held.resumes_id,
    )
    record(act, actor=actor)
    return held


def _locked(divergence: Divergence) -> RuleVersion:
    """Lock the rule of a notice and return its version, which must bind."""
    Rule.objects.select_for_update().get(pk=divergence.version.rule_id)
    rows = RuleVersion.objects.select_for_update(of=("self",)).select_related("rule")
    version = rows.get(pk=divergence.version_id)
    binds = version.state == RuleState.IN_FORCE and version.mode != RuleMode.ADVISE
    noticed = Divergence.objects.filter(pk=divergence.pk, state__in=STAYABLE).exists()
    if not (binds and noticed):
        raise NothingToStay
    return version


def _run(stay: RuleStay, version: RuleVersion, until_at: dt.datetime) -> None:
    """Let the text advise from now on, and bind again from a day if nothing comes before."""
    moment, draft = now(), replace(next_draft(version), sunset_at=version.sunset_at)
    coming = version.rule.versions.filter(
        state=RuleState.SCHEDULED, effective_at__lte=until_at
    ).exists()
    over = version.sunset_at is not None and version.sunset_at <= until_at
    version_end(version, why=Ending.STAYED, at=moment, reason=stay.reasons)
    stay.trial = version_write(
        rule=version.rule,
        draft=replace(draft, mode=Mode.ADVISE),
        begins=moment,
        state=RuleState.IN_FORCE,
        origin_ref=version.origin_ref,
    )
    if not (coming or over):
        stay.resumes = version_write(
            rule=version.rule, draft=draft, begins=until_at, origin_ref=version.origin_ref
        )


def _resume(stay: RuleStay) -> None:
    """Bring the stayed text back now, and not at the end of its stay."""
    if stay.trial is None:
        return
    moment, version = now(), stay.stayed
    version_end(stay.trial, why=Ending.UNSTAYED, at=moment)
    if stay.resumes and stay.resumes.state == RuleState.SCHEDULED:
        version_end(stay.resumes, why=Ending.WITHDRAWN, at=moment)
    stay.resumes = version_write(
        rule=version.rule,
        draft=replace(next_draft(version), sunset_at=version.sunset_at),
        begins=moment,
        state=RuleState.IN_FORCE,
        origin_ref=version.origin_ref,
    )
    ruleset_change()


def _started(stay: RuleStay, chamber: Chamber) -> StayStarted:
    return StayStarted(
        subject=stay.stayed.rule_id,
        stay=stay.pk,
        version=stay.stayed_id,
        code=stay.divergence.code,
        chamber=chamber.sector,
        trial=stay.trial_id,
        resumes=stay.resumes_id,
        until_at=stay.until_at,
    )
