"""A rule that has begun is taken back by one act, and what it took the place of runs again."""

import datetime as dt
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.core.actor import Actor
from apps.core.clock import now
from apps.institutions.permissions import refusal
from apps.journal.services import record
from apps.policy.acts import RuleUndone
from apps.policy.errors import NotAnInstrument, NotBegun, RuleStayed
from apps.policy.models import Rule, RuleStay, RuleVersion
from apps.policy.permissions import can_end_version
from apps.policy.selectors import version_before
from apps.policy.services.changes import ruleset_change
from apps.policy.services.documents import next_draft
from apps.policy.services.entering import version_end, version_write
from apps.policy.states import Ending, RuleState, StatuteKind


@dataclass(frozen=True, slots=True)
class Undoing:
    """What taking a version back leads to.

    `restores` is the version whose place it took, if that would still run; `withdraws` are those
    that were to follow, which end unbegun.
    """

    version: RuleVersion
    restores: RuleVersion | None
    withdraws: list[RuleVersion]


def undoing_of(version: RuleVersion) -> Undoing:
    """Return what taking a version back would lead to now.

    Raises `NotAnInstrument`, `NotBegun`, and `RuleStayed` for what advises during a stay.
    """
    if version.rule.kind != StatuteKind.INSTRUMENT:
        raise NotAnInstrument
    if version.state != RuleState.IN_FORCE:
        raise NotBegun
    if RuleStay.objects.filter(trial=version).exists():
        raise RuleStayed
    before = version_before(version)
    over = before is not None and before.sunset_at is not None and before.sunset_at <= now()
    coming = version.rule.versions.filter(state=RuleState.SCHEDULED).order_by("number")
    return Undoing(version, None if over else before, list(coming.select_related("rule")))


@transaction.atomic
def rule_roll_back(*, actor: Actor, version: RuleVersion, reason: str) -> RuleVersion:
    """Take back a version that has begun; return what runs in its place, or itself, ended.

    The text before it enters anew as a version of its own and runs from this moment, so that no
    row of the past is rewritten. One act says what was undone and why. Raises as
    `undoing_of` does.
    """
    Rule.objects.select_for_update().get(pk=version.rule_id)
    held = RuleVersion.objects.select_for_update(of=("self",)).select_related("rule")
    undoing = undoing_of(held.get(pk=version.pk))
    if not can_roll_back(actor, undoing):
        raise refusal(
            actor, _("A regulator whose mandate covers every territory takes this rule back.")
        )
    moment = now()
    version_end(undoing.version, why=Ending.ROLLED_BACK, at=moment, reason=reason)
    for one in undoing.withdraws:
        version_end(one, why=Ending.WITHDRAWN, at=moment, reason=reason)
    restored = _restored(undoing.restores, moment) if undoing.restores else None
    ruleset_change()
    record(_act(undoing, restored, reason), actor=actor)
    return restored or undoing.version


def can_roll_back(actor: Actor, undoing: Undoing) -> bool:
    """Whether the actor's mandate covers what ends and what runs again."""
    touched = [undoing.version, *undoing.withdraws]
    if undoing.restores:
        touched.append(undoing.restores)
    return all(can_end_version(actor, one) for one in touched)


def _restored(before: RuleVersion, moment: dt.datetime) -> RuleVersion:
    """Enter the text of a former version as a new one, which is in force at once."""
    draft = replace(next_draft(before), sunset_at=before.sunset_at)
    return version_write(
        rule=before.rule,
        draft=draft,
        begins=moment,
        state=RuleState.IN_FORCE,
        origin_ref=before.origin_ref,
    )


def _act(undoing: Undoing, restored: RuleVersion | None, reason: str) -> RuleUndone:
    version, before = undoing.version, undoing.restores
    return RuleUndone(
        subject=version.rule_id,
        version=version.pk,
        code=version.rule.code,
        number=version.number,
        restored=restored.pk if restored else None,
        restored_number=restored.number if restored else None,
        restored_from=before.number if before else None,
        withdrawn=[one.number for one in undoing.withdraws],
        reason=reason,
    )
