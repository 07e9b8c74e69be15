"""A company contests that a rule catches its listing, and may take that back."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.cases import acts, errors
from apps.cases.models import Contest, ContestStay
from apps.cases.permissions import can_contest, can_withdraw_contest
from apps.cases.selectors.contests import author_of, versions_catching
from apps.cases.services.deadlines import deadline_begin, deadline_meet
from apps.cases.services.stays import stay_end
from apps.cases.states import CONTEST, ContestGround, ContestState
from apps.core.actor import Actor
from apps.core.clock import now
from apps.core.codes import next_code
from apps.core.errors import FieldFault, Invalid
from apps.core.ids import uuid7
from apps.institutions.permissions import refusal
from apps.institutions.services.constraints import refused_as
from apps.journal.services import record
from apps.listings.models import Listing
from apps.listings.permissions import keeper
from apps.listings.services.disputes import DISPUTABLE
from apps.policy.models import RuleVersion

ONCE = {"cases_one_open_contest": errors.ContestAlreadyOpen}


@dataclass(frozen=True, slots=True, kw_only=True)
class ContestDraft:
    """What a company says. `stay` says why it cannot wait; empty, no stay is asked for."""

    ground: ContestGround
    statement: str
    fact: str = ""
    confidential: str = ""
    evidence: str = ""
    stay: str = ""


@transaction.atomic
def contest_file(
    *, actor: Actor, listing: Listing, rule_version: RuleVersion, draft: ContestDraft
) -> Contest:
    """Contest, for the company that keeps a listing, that a rule catches it now.

    Of each ground one contest is open at a time.
    """
    rows = Listing.objects.select_for_update(of=("self",))
    listing = rows.select_related("provider__claimed_by", "brought_by").get(pk=listing.pk)
    company = keeper(listing)
    if actor.person is None or company is None or not can_contest(actor, listing):
        raise refusal(actor, _("A member of the company that keeps the listing contests for it."))
    _must_be_whole(draft)
    version = listing.current
    if version is None or rule_version not in versions_catching(listing):
        raise errors.NotCaught(field="rule")
    new = uuid7()
    clock = deadline_begin(actor, "cases.contest.rule", new)
    with refused_as(ONCE):
        contest = Contest.objects.create(
            id=new,
            code=next_code("CT", "cases_contest_code"),
            listing=listing,
            version=version,
            rule_version=rule_version,
            rule_author_id=author_of(rule_version),
            organisation=company,
            ground=ContestGround(draft.ground),
            fact=draft.fact,
            statement=draft.statement.strip(),
            confidential=draft.confidential.strip(),
            evidence=draft.evidence,
            filed_by_id=actor.person,
            filed_at=clock.started_at,
            clock=clock,
        )
    _ask_stay(actor, contest, draft.stay)
    act = acts.ContestFiled(
        subject=new,
        code=contest.code,
        listing=listing.pk,
        rule=rule_version.rule_id,
        version=rule_version.pk,
        organisation=company.pk,
        ground=contest.ground,
        stay=bool(draft.stay.strip()),
        due_at=clock.due_at,
    )
    record(act, actor=actor)
    return contest


@transaction.atomic
def contest_withdraw(*, actor: Actor, contest: Contest) -> Contest:
    """Take a contest back, for the company; its stay ends with it."""
    contest = contest_locked(contest)
    if not can_withdraw_contest(actor, contest):
        raise refusal(actor, _("A member of the company that contests takes it back."))
    CONTEST.move(contest, ContestState.WITHDRAWN)
    contest.withdrawn_at = now()
    contest.save(update_fields=["state", "withdrawn_at"])
    stay_end(actor, contest, "contest-withdrawn")
    deadline_meet(actor, "cases.contest.rule", contest.pk, "contest-withdrawn")
    act = acts.ContestWithdrawn(subject=contest.pk, code=contest.code, listing=contest.listing_id)
    record(act, actor=actor)
    return contest


def contest_locked(contest: Contest) -> Contest:
    """Return a contest with all that its steps ask of it, locked."""
    rows = Contest.objects.select_for_update(of=("self",)).select_related(
        "listing__provider", "version", "rule_version__rule", "organisation", "clock"
    )
    return rows.get(pk=contest.pk)


def _ask_stay(actor: Actor, contest: Contest, necessity: str) -> None:
    if not necessity.strip():
        return
    new = uuid7()
    clock = deadline_begin(actor, "cases.contest.stay", new)
    ContestStay.objects.create(id=new, contest=contest, necessity=necessity.strip(), clock=clock)


def _must_be_whole(draft: ContestDraft) -> None:
    of_fact = draft.ground == ContestGround.FACT
    lacks = [
        (not draft.statement.strip(), "statement", _("Say what everyone may read.")),
        (
            of_fact and draft.fact not in DISPUTABLE,
            "fact",
            _("Name the fact that is wrong."),
        ),
        (
            not of_fact and bool(draft.fact),
            "fact",
            _("Name a fact only where it is what is wrong."),
        ),
    ]
    faults = [FieldFault(name, reason) for missing, name, reason in lacks if missing]
    if faults:
        raise Invalid(_("The contest is not complete."), faults=faults)
