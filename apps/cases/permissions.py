"""Who may do what in casework."""

import uuid
from collections.abc import Collection

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.cases.errors import OfficerHasConflict, OfficerWithoutMandate
from apps.cases.models import Appeal, Case, Contest, MisuseReport, Touch
from apps.core.actor import Actor, ActorKind
from apps.core.errors import DomainError, NotPermitted, Text
from apps.institutions.models import ConflictDeclaration, Mandate, Membership, Organisation
from apps.institutions.offices import Office, Subject
from apps.institutions.permissions import has_mandate, holds_office, is_member, refusal
from apps.listings.models import Listing
from apps.listings.permissions import keeper

CONFLICT = _("You have an interest in this matter.")
OTHERS = _("Another officer looks at it.")


def can_triage(actor: Actor) -> bool:
    """Whether the actor may read reports and make cases of them: any mandate for misuse."""
    if not holds_office(actor, Office.REGULATOR):
        return False
    return Mandate.objects.held().filter(user=actor.person, subject=Subject.MISUSE).exists()


def must_triage(actor: Actor) -> None:
    """Refuse whoever may not see reports and cases that are not public."""
    if not can_triage(actor):
        raise refusal(actor, _("This is for officers with a mandate for misuse."))


def must_read_case(actor: Actor, case: Case) -> None:
    """Refuse whoever may not read a case before it is public, or has an interest in it."""
    must_triage(actor)
    if actor.person is not None and conflicted(actor.person, case):
        raise NotPermitted(CONFLICT, remedy=OTHERS)


def must_read_report(actor: Actor, report: MisuseReport) -> None:
    """Refuse whoever may not read a report: reporters' words never reach who may answer them."""
    must_triage(actor)
    if hasattr(report, "link"):
        must_read_case(actor, report.link.case)
    if actor.person is None or report.listing is None:
        return
    company, codes = keeper(report.listing), _codes_of(report.listing)
    if (company and tied_to(actor.person, company)) or _declared_in(actor.person, codes):
        raise NotPermitted(CONFLICT, remedy=OTHERS)


def mandated_places(actor: Actor) -> list[str]:
    """Return the places for which the actor holds a mandate for misuse now."""
    held = Mandate.objects.held().filter(user=actor.person, subject=Subject.MISUSE)
    return list(held.values_list("jurisdiction", flat=True))


def can_open_review(actor: Actor, jurisdictions: list[str]) -> bool:
    """Whether the actor's mandate for misuse covers every one of the places."""
    return has_mandate(actor, jurisdictions, Subject.MISUSE)


def covers_case(actor: Actor, case: Case) -> bool:
    """Whether the actor's mandate for misuse covers the places of the case."""
    return has_mandate(actor, case.jurisdictions, Subject.MISUSE)


def as_officer(person: uuid.UUID) -> Actor:
    """Return someone as they act in office, to ask what their mandates cover."""
    return Actor(ActorKind.PERSON, person=person, second_factor=True)


def conflicted(person: uuid.UUID, case: Case) -> bool:
    """Whether someone has an interest: declared, as a member, by owner group, or by a report.

    It is declared in the company or its owner group, or by a code: of the case or a decision in
    it, of the listing or of the provider that it is about.
    """
    company = respondent(case)
    if company is not None and tied_to(person, company):
        return True
    reported = MisuseReport.objects.filter(link__case=case, reporter=person)
    return _declared_in(person, matters_of(case)) or reported.exists()


def matters_of(case: Case) -> set[str]:
    """Return the reference codes under which someone may have declared an interest in a case."""
    about = _codes_of(case.listing) if case.listing is not None else set()
    provider = {case.provider.code} if case.provider is not None else set()
    return {case.code, *about, *provider, *case.decisions.values_list("code", flat=True)}


def _codes_of(listing: Listing) -> set[str]:
    return {listing.code, listing.provider.code}


def _declared_in(person: uuid.UUID, matters: Collection[str]) -> bool:
    declared = ConflictDeclaration.objects.filter(user=person, withdrawn_at__isnull=True)
    return declared.filter(matter__in=matters).exists()


def tied_to(person: uuid.UUID, company: Organisation) -> bool:
    """Whether someone has an interest in a company: declared, as a member, or by owner group."""
    declared = ConflictDeclaration.objects.filter(user=person, withdrawn_at__isnull=True)
    belongs = Q(organisation=company)
    if company.owner_group_id is not None:
        belongs |= Q(organisation__owner_group=company.owner_group_id)
    member = Membership.objects.held().filter(belongs, user=person)
    return declared.filter(belongs).exists() or member.exists()


def respondent(case: Case) -> Organisation | None:
    """Return the company that answers for what the case is about; `None` where none has claimed."""
    if case.listing is not None:
        return keeper(case.listing)
    return case.provider.claimed_by if case.provider is not None else None


def works_on(actor: Actor, case: Case) -> bool:
    """Whether the actor is the officer of the case, still covers it and has no interest."""
    if actor.person is None or actor.person != case.officer_id:
        return False
    return covers_case(actor, case) and not conflicted(actor.person, case)


def officer_unfit(officer: uuid.UUID, case: Case) -> DomainError | None:
    """Return why someone cannot hold a case; `None` where they can."""
    if not covers_case(as_officer(officer), case):
        return OfficerWithoutMandate(field="officer")
    if conflicted(officer, case):
        return OfficerHasConflict(field="officer")
    return None


def officer_refusal(actor: Actor, case: Case, reason: Text) -> DomainError:
    """Return why someone may not take an officer's step, and what to do."""
    if actor.person is not None and covers_case(actor, case) and conflicted(actor.person, case):
        return OfficerHasConflict()
    if actor.person == case.officer_id and can_triage(actor):
        return OfficerWithoutMandate()
    return refusal(actor, reason)


def can_respond(actor: Actor, case: Case) -> bool:
    """Whether the actor speaks for the company that the case is about."""
    company = respondent(case)
    return company is not None and is_member(actor, company)


def never_touched(person: uuid.UUID, case: Case) -> bool:
    """Whether someone had no hand in the case; the database asks again."""
    return not Touch.objects.filter(case=case, user=person).exists()


def can_decide_appeal(actor: Actor, appeal: Appeal) -> bool:
    """Whether the actor covers the case, has no interest and never touched it."""
    case = appeal.decision.case
    if actor.person is None or not covers_case(actor, case):
        return False
    return not conflicted(actor.person, case)


def can_act_urgently(actor: Actor, case: Case) -> bool:
    """Whether the actor may act at once, or confirm: mandate, and no interest."""
    if actor.person is None or not covers_case(actor, case):
        return False
    return not conflicted(actor.person, case)


def can_contest(actor: Actor, listing: Listing) -> bool:
    """Whether the actor speaks for the company that keeps the listing."""
    company = keeper(listing)
    return company is not None and is_member(actor, company)


def can_withdraw_contest(actor: Actor, contest: Contest) -> bool:
    """Whether the actor speaks for the company that contests."""
    return is_member(actor, contest.organisation)


def can_see_contests(actor: Actor) -> bool:
    """Whether the actor may see the desk of contests: any mandate on models."""
    if not holds_office(actor, Office.REGULATOR):
        return False
    return Mandate.objects.held().filter(user=actor.person, subject=Subject.MODELS).exists()


def must_see_contests(actor: Actor) -> None:
    """Refuse whoever has no mandate on models."""
    if not can_see_contests(actor):
        raise refusal(actor, _("This is for regulators with a mandate on models."))


def covers_contest(actor: Actor, contest: Contest) -> bool:
    """Whether the actor's mandate on models covers the places of the contested rule."""
    return has_mandate(actor, contest.rule_version.jurisdictions, Subject.MODELS)


def interested(person: uuid.UUID, contest: Contest) -> bool:
    """Whether someone has an interest: in the company, or declared by a code of the matter."""
    codes = _codes_of(contest.listing) | {contest.code, contest.rule_version.rule.code}
    return tied_to(person, contest.organisation) or _declared_in(person, codes)


def had_hand(person: uuid.UUID, contest: Contest) -> bool:
    """Whether someone entered the rule, filed the contest or decided its stay.

    The database asks again, and of the company's members too.
    """
    stay = getattr(contest, "stay", None)
    return person in {contest.rule_author_id, contest.filed_by_id, stay and stay.decided_by_id}


def can_read_confidence(actor: Actor, contest: Contest) -> bool:
    """Whether the actor may read what was told the officer only: who covers it, uninvolved."""
    if actor.person is None or not covers_contest(actor, contest):
        return False
    return not interested(actor.person, contest)
