"""Stays: until the ruling a rule waits for one listing, by an exemption that ends with it."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.cases import acts
from apps.cases.models import Contest, ContestStay
from apps.cases.selectors.contests import stay_refusal
from apps.cases.services.deadlines import deadline_meet, window_end
from apps.cases.states import STAY, StayState
from apps.compliance.models import Exemption
from apps.compliance.services import ExemptionDraft, exemption_end, exemption_grant
from apps.core.actor import SYSTEM, Actor
from apps.core.clock import now
from apps.core.errors import Invalid
from apps.institutions.permissions import refusal
from apps.journal.services import record


@transaction.atomic
def stay_decide(*, actor: Actor, contest: Contest, granted: bool, reasons: str) -> ContestStay:
    """Grant or refuse a stay, with reasons; whoever does so never rules on the contest."""
    rows = Contest.objects.select_for_update(of=("self",)).select_related(
        "listing__provider", "rule_version__rule", "organisation", "stay"
    )
    contest = rows.get(pk=contest.pk)
    refused = stay_refusal(actor, contest)
    if refused or actor.person is None:
        raise refused or refusal(actor)
    if not reasons.strip():
        raise Invalid(_("A decision needs its reasons."), field="reasons")
    stay, moment = contest.stay, now()
    STAY.move(stay, StayState.GRANTED if granted else StayState.REFUSED)
    stay.decided_by_id, stay.decided_at, stay.reasons = actor.person, moment, reasons.strip()
    if granted:
        until_at = window_end("cases.contest.stayed", moment)
        stay.exemption = exempt(actor, contest, until_at, stay.reasons)
    stay.save()
    deadline_meet(actor, "cases.contest.stay", stay.pk, "stay-decided")
    act = acts.StayDecided(
        subject=contest.pk,
        code=contest.code,
        listing=contest.listing_id,
        result=stay.state,
        until_at=stay.exemption.until_at if stay.exemption else None,
    )
    record(act, actor=actor)
    return stay


def stay_end(actor: Actor, contest: Contest, reason: str) -> None:
    """End a contest's stay, or the wish for one, with the contest."""
    stay = ContestStay.objects.filter(contest=contest).select_related("exemption").first()
    if stay is None or stay.state not in {StayState.ASKED, StayState.GRANTED}:
        return
    deadline_meet(actor, "cases.contest.stay", stay.pk, reason)
    STAY.move(stay, StayState.ENDED)
    stay.save(update_fields=["state"])
    if stay.exemption is not None:
        exemption_close(stay.exemption)


def exempt(actor: Actor, contest: Contest, until_at: dt.datetime, reason: str) -> Exemption:
    """Exempt the contested listing from the contested rule, wherever the rule reaches."""
    return exemption_grant(
        actor=actor,
        draft=ExemptionDraft(
            rule=contest.rule_version.rule,
            listing=contest.listing,
            reason=f"{contest.code}: {reason}",
            until_at=until_at,
            jurisdictions=contest.rule_version.jurisdictions,
            uses=[],
        ),
    )


def exemption_close(exemption: Exemption) -> None:
    """End an exemption that still runs; one that has ended stays as it is."""
    if exemption.ended_at is None and exemption.until_at > now():
        exemption_end(actor=SYSTEM, exemption=exemption)
