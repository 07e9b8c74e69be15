"""The duty roster is kept: shifts are entered ahead, and ended."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.core.actor import Actor
from apps.core.clock import now, today
from apps.core.jurisdictions import EVERYWHERE, jurisdiction
from apps.institutions import acts, errors
from apps.institutions.models import DutyShift, Mandate, User
from apps.institutions.offices import Subject
from apps.institutions.permissions import Remit, can_keep_roster, refusal
from apps.institutions.services.constraints import refused_as
from apps.journal.services import record

ONCE = {"institutions_one_shift_once": errors.ShiftHeld}
KEEPERS = _("An administrator or a clerk keeps the duty roster.")


@transaction.atomic
def shift_enter(
    *, actor: Actor, user: User, place: str, from_at: dt.datetime, until_at: dt.datetime
) -> DutyShift:
    """Put a regulator on duty in a jurisdiction, from now on or later, never back in time.

    An administrator or a clerk does; the regulator's mandate for misuse covers the place.
    """
    if not can_keep_roster(actor):
        raise refusal(actor, KEEPERS)
    code, moment = place if place == EVERYWHERE else jurisdiction(place).code, now()
    if until_at <= max(from_at, moment):
        raise errors.TermNotAhead(field="until_at")
    held = Mandate.objects.held().filter(user=user, subject=Subject.MISUSE)
    remit = Remit(tuple(held.values_list("jurisdiction", flat=True)), today())
    if not remit.covers([code]):
        raise errors.MandateNeeded(field="place")
    with refused_as(ONCE):
        shift = DutyShift.objects.create(
            user=user,
            jurisdiction=code,
            from_at=max(from_at, moment),
            until_at=until_at,
            entered_at=moment,
        )
    act = acts.ShiftEntered(
        subject=shift.pk,
        person=user.pk,
        jurisdiction=code,
        from_at=shift.from_at,
        until_at=until_at,
    )
    record(act, actor=actor)
    return shift


@transaction.atomic
def shift_end(*, actor: Actor, shift: DutyShift) -> DutyShift:
    """End a shift that runs, or take back one that has not begun."""
    shift = DutyShift.objects.select_for_update(of=["self"]).get(pk=shift.pk)
    if not can_keep_roster(actor):
        raise refusal(actor, KEEPERS)
    moment = now()
    if shift.until_at <= moment or shift.until_at == shift.from_at:
        raise errors.HoldingEnded
    shift.until_at = max(shift.from_at, moment)
    shift.save(update_fields=["until_at"])
    record(acts.ShiftEnded(subject=shift.pk, person=shift.user_id), actor=actor)
    return shift
