"""Who may do what in casework."""

import uuid

from django.db.models import Q

from apps.cases.models import Appeal, Case, MisuseReport, Touch
from apps.core.actor import Actor, ActorKind
from apps.institutions.models import ConflictDeclaration, Mandate, Membership, Organisation
from apps.institutions.offices import Office, Subject
from apps.institutions.permissions import has_mandate, holds_office, is_member
from apps.listings.permissions import keeper


def can_triage(actor: Actor) -> bool:
    """Whether the actor may read reports and make cases of them: any mandate for misuse."""
    if not holds_office(actor, Office.REGULATOR):
        return False
    return Mandate.objects.held().filter(user=actor.person, subject=Subject.MISUSE).exists()


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
    """Whether someone has an interest: declared, as a member, or through the owner group."""
    company = respondent(case)
    declared = ConflictDeclaration.objects.filter(user=person, withdrawn_at__isnull=True)
    concerns = Q(matter=case.code)
    if company is not None:
        concerns |= Q(organisation=company)
        belongs = Q(organisation=company)
        if company.owner_group_id is not None:
            belongs |= Q(organisation__owner_group=company.owner_group_id)
        if Membership.objects.held().filter(belongs, user=person).exists():
            return True
    reported = MisuseReport.objects.filter(link__case=case, reporter=person)
    return declared.filter(concerns).exists() or reported.exists()


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


def can_read_evidence(actor: Actor) -> bool:
    """Whether the actor may open the files of reports."""
    return can_triage(actor)
