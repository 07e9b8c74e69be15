"""Ruling on a contest, and what follows from upholding it."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.cases import acts, errors
from apps.cases.models import Contest, ContestStay
from apps.cases.selectors.contests import contest_refusal
from apps.cases.services.contests import contest_locked
from apps.cases.services.deadlines import deadline_meet
from apps.cases.services.stays import exempt, exemption_close, stay_end
from apps.cases.states import CONTEST, ContestGround, ContestState, StayState
from apps.compliance.services.sandboxes import LONGEST
from apps.core.actor import Actor
from apps.core.clock import now
from apps.core.errors import Invalid
from apps.institutions.permissions import refusal
from apps.institutions.services.constraints import refused_as
from apps.journal.services import record
from apps.listings.services.disputes import fact_dispute
from apps.policy.models import RuleVersion
from apps.policy.states import RuleState

APART = {"cases_ruler_apart": errors.RulerInvolved}
UNTIL_NEXT = (ContestGround.MATCH, ContestGround.DIVERGENCE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What is ruled, and why; `until_at` is the day of an exemption that was asked for."""

    upheld: bool
    reasons: str
    until_at: dt.datetime | None = None


@transaction.atomic
def contest_rule(*, actor: Actor, contest: Contest, ruling: Ruling) -> Contest:
    """Uphold or reject a contest, with public reasons; its stay ends in the same moment.

    Refuses whoever had a hand in rule or stay; the database does so too. Of an upheld contest
    follows: an opened dispute of the wrong fact; an exemption until the rule's next version, where
    its text does not cover the listing or says other than its expression; or the exemption asked
    for, with its day.
    """
    contest = contest_locked(contest)
    refused = contest_refusal(actor, contest)
    if refused or actor.person is None:
        raise refused or refusal(actor)
    _must_be_whole(contest, ruling)
    CONTEST.move(contest, ContestState.UPHELD if ruling.upheld else ContestState.REJECTED)
    contest.ruled_by_id, contest.ruled_at = actor.person, now()
    contest.reasons = ruling.reasons.strip()
    if ruling.upheld:
        _follow(actor, contest, ruling)
    with refused_as(APART):
        contest.save()
    stay_end(actor, contest, "contest-ruled")
    deadline_meet(actor, "cases.contest.rule", contest.pk, "contest-ruled")
    act = acts.ContestRuled(
        subject=contest.pk,
        code=contest.code,
        listing=contest.listing_id,
        rule=contest.rule_version.rule_id,
        version=contest.rule_version_id,
        ground=contest.ground,
        result=contest.state,
        exemption=contest.exemption_id,
        dispute=contest.dispute_id,
    )
    record(act, actor=actor)
    return contest


def contests_renewed(*, version_id: uuid.UUID) -> int:
    """End the exemptions of contests of a rule's former versions, as another one has begun.

    An exemption that was asked for as such runs until its day. Run twice, it ends nothing more.
    """
    version = RuleVersion.objects.get(pk=version_id)
    former = Q(rule_version__rule=version.rule_id, rule_version__number__lt=version.number)
    upheld = Contest.objects.filter(former, ground__in=UNTIL_NEXT, exemption__isnull=False)
    stays = ContestStay.objects.filter(
        contest__in=Contest.objects.filter(former), state=StayState.GRANTED
    )
    granted = [
        *(contest.exemption for contest in upheld.select_related("exemption")),
        *(stay.exemption for stay in stays.select_related("exemption")),
    ]
    running = [one for one in granted if one and one.ended_at is None and one.until_at > now()]
    for exemption in running:
        exemption_close(exemption)
    return len(running)


def _follow(actor: Actor, contest: Contest, ruling: Ruling) -> None:
    version = contest.rule_version
    if contest.ground == ContestGround.FACT:
        contest.dispute = fact_dispute(
            actor=actor,
            version=contest.version,
            fact=contest.fact,
            statement=f"{contest.code}: {contest.reasons}",
            evidence=contest.evidence,
        )
    elif ruling.until_at is not None:
        contest.exemption = exempt(actor, contest, ruling.until_at, contest.reasons)
    elif version.state == RuleState.IN_FORCE:
        longest = now() + LONGEST
        until_at = min(version.sunset_at or longest, longest)
        contest.exemption = exempt(actor, contest, until_at, contest.reasons)


def _must_be_whole(contest: Contest, ruling: Ruling) -> None:
    if not ruling.reasons.strip():
        raise Invalid(_("A ruling needs its reasons."), field="reasons")
    dated = ruling.upheld and contest.ground == ContestGround.EXEMPTION
    if dated != (ruling.until_at is not None):
        reason = _("An exemption that is granted as asked has its day, and nothing else has one.")
        raise Invalid(reason, field="until_at")
