"""Who hears of cases, urgent acts and their deadlines."""

import pytest

from apps.cases.models import Appeal, Case
from apps.cases.services import (
    appeal_by_receipt,
    appeal_decide,
    appeal_file,
    case_assign,
    decision_issue,
    urgent_act,
    urgent_confirm,
)
from apps.cases.services.hearing import Answer, allegation_send, response_give
from apps.cases.states import Stance, Voice
from apps.clocks.models import Clock
from apps.core.clock import now
from apps.notices.models import Notice
from apps.notices.states import NoticeKind as Kind
from apps.policy.engine import Outcome
from apps.reactions.runner import settle
from tests.factories import cases as make
from tests.factories import institutions
from tests.reactions.inboxes import leads, owners, people_told, the, title

pytestmark = pytest.mark.django_db


def due(rule, thing):
    return Clock.objects.get(rule__code=rule, thing=thing).due_at


def reported(listing):
    """A decided case of someone who reported with an account: the receipt, and who it was."""
    person = institutions.person("Meera Joshi")
    filed = make.filed(actor=institutions.actor(person), voice=Voice.NAMED, contact="by post")
    case = make.opened(listing=listing, reports=[filed.report.pk])
    officer = make.officer()
    case = case_assign(actor=institutions.actor(make.officer()), case=case, officer=officer)
    actor = institutions.actor(officer)
    allegation_send(actor=actor, case=case, text="Restrictions were lost.")
    answer = Answer(stance=Stance.CONTESTED, statement="No.", confidential="")
    response_give(actor=make.speaker(case), case=case, answer=answer)
    decision_issue(actor=actor, case=case, draft=make.decision_draft())
    return person, filed.receipt, Case.objects.get(pk=case.pk)


def test_an_officer_hears_of_a_case_given_to_them():
    case = make.assigned()

    settle()

    notice = the(Kind.CASE_ASSIGNED)
    assert notice.person_id == case.officer_id
    assert title(notice) == f"Case {case.code} was given to you: {case.title}"
    assert notice.due_at == due("cases.decide", case.pk)
    assert leads(notice) == 200


def test_the_owners_of_the_company_and_nobody_else_are_asked_to_answer():
    company, listing = make.company_listing()
    institutions.member_of(company)
    institutions.owner_of(institutions.organisation())
    case = make.alleged(listing)

    settle()

    assert people_told(Kind.ALLEGATION_SENT) == owners(company)
    notice = Notice.objects.filter(kind=Kind.ALLEGATION_SENT)[0]
    assert title(notice) == f"You are asked to answer in case {case.code} about {listing.name}"
    assert notice.due_at == due("cases.respond", case.pk)
    assert leads(notice) == 200


def test_an_allegation_against_nobody_known_is_told_nobody():
    from_portal = make.listings.listing()

    make.alleged(from_portal)
    settle()

    assert people_told(Kind.ALLEGATION_SENT) == set()


def test_the_officer_hears_that_the_company_has_answered():
    case = make.answered()

    settle()

    notice = the(Kind.RESPONSE_GIVEN)
    assert notice.person_id == case.officer_id
    assert leads(notice) == 200


def test_both_sides_hear_of_a_decision_once(client):
    company, listing = make.company_listing()
    person, _receipt, case = reported(listing)

    settle()

    assert people_told(Kind.DECISION_ISSUED) == owners(company)
    assert people_told(Kind.REPORT_DECIDED) == {person.pk}
    notice = the(Kind.REPORT_DECIDED)
    assert title(notice) == (f"The case that your report led to is decided: {case.code}, suspended")
    assert notice.due_at == case.decisions.get().appeal_until_at
    assert leads(notice) == 200
    # The measure and the standing that follow from it are not told to the company again.
    assert people_told(Kind.MEASURE_IMPOSED) == set()
    assert people_told(Kind.STANDING_CHANGED) == set()


def test_an_anonymous_reporter_is_told_nothing():
    make.decided()

    settle()

    assert people_told(Kind.REPORT_DECIDED) == set()


def test_an_appeal_is_told_to_who_may_decide_it_and_to_the_other_side():
    company, listing = make.company_listing()
    person, receipt, case = reported(listing)
    free, elsewhere = make.officer(), make.officer("FR")
    appeal = appeal_file(actor=make.speaker(case), case=case, text="Too hard.")
    settle()

    deciders = people_told(Kind.APPEAL_TO_DECIDE)
    assert free.pk in deciders
    assert not deciders & {case.officer_id, elsewhere.pk, person.pk}
    assert the(Kind.APPEAL_TO_DECIDE, free).due_at == appeal.clock.due_at
    assert leads(the(Kind.APPEAL_TO_DECIDE, free)) == 200
    assert people_told(Kind.REPORT_APPEAL_FILED) == {person.pk}
    assert people_told(Kind.APPEAL_FILED) == set()

    appeal_by_receipt(receipt=receipt, text="Too mild.")
    settle()

    assert people_told(Kind.APPEAL_FILED) == owners(company)


def test_both_sides_hear_what_became_of_an_appeal():
    company, listing = make.company_listing()
    person, _receipt, case = reported(listing)
    appeal_file(actor=make.speaker(case), case=case, text="Too hard.")
    decider = institutions.actor(make.officer())
    changed = make.decision_draft(outcome=Outcome.RESTRICT)
    appeal_decide(
        actor=decider, appeal=Appeal.objects.get(), reasons="Milder will do.", changed=changed
    )

    settle()

    assert people_told(Kind.APPEAL_DECIDED) == owners(company)
    notice = the(Kind.REPORT_APPEAL_DECIDED)
    assert notice.person_id == person.pk
    assert title(notice).endswith(f"{case.code}, the decision was changed")
    assert leads(notice) == 200
    assert Notice.objects.filter(kind=Kind.DECISION_ISSUED).count() == len(owners(company))


def acted():
    case = make.opened(listing=make.company_listing()[1])
    first, second = make.on_duty(), make.officer()
    make.officer("FR")
    action = urgent_act(
        actor=institutions.actor(first),
        case=case,
        outcome=Outcome.SUSPEND,
        jurisdictions=["IN"],
        necessity="People are in danger now.",
    )
    return action, first, second


def test_other_officers_are_asked_to_confirm_an_urgent_act_and_again_at_half_time(clock):
    action, first, second = acted()
    settle()

    asked = people_told(Kind.URGENT_TO_CONFIRM)
    assert second.pk in asked
    assert first.pk not in asked
    assert the(Kind.URGENT_TO_CONFIRM, second).due_at == action.due_at
    assert leads(the(Kind.URGENT_TO_CONFIRM, second)) == 200
    assert people_told(Kind.URGENT_ESCALATED) == set()

    clock.advance("13 hours")
    settle()
    assert people_told(Kind.URGENT_ESCALATED) == asked

    clock.advance("12 hours")
    settle()
    assert people_told(Kind.URGENT_LAPSED) == {first.pk}


def test_who_acted_hears_of_the_confirmation_and_the_company_of_the_measure():
    action, first, second = acted()
    urgent_confirm(actor=institutions.actor(second), action=action)

    settle()

    assert people_told(Kind.URGENT_CONFIRMED) == {first.pk}
    company = action.listing.brought_by
    assert people_told(Kind.MEASURE_IMPOSED) == owners(company)
    assert people_told(Kind.URGENT_ESCALATED) == set()


def test_the_company_is_reminded_at_half_time_on_the_last_day_and_when_it_is_over(clock):
    company, listing = make.company_listing()
    case = make.alleged(listing)
    mine = Notice.objects.filter(person__in=owners(company))

    told = []
    for _day in range(16):
        settle()
        told.append(sorted(mine.filter(kind__startswith="answer-").values_list("kind", flat=True)))
        clock.advance("1 day")

    assert [len(kinds) for kinds in told] == [0] * 8 + [1] * 6 + [2, 3]
    assert told[-1] == [Kind.ANSWER_DUE, Kind.ANSWER_DUE, Kind.ANSWER_OVERDUE]
    notice = mine.filter(kind=Kind.ANSWER_OVERDUE).get()
    assert notice.due_at == due("cases.respond", case.pk)
    assert leads(notice) == 200


def test_nobody_is_reminded_of_what_was_done(clock):
    make.answered()

    clock.advance("15 days")
    settle()

    assert people_told(Kind.ANSWER_DUE) | people_told(Kind.ANSWER_OVERDUE) == set()


def test_an_officer_is_reminded_of_a_decision_and_told_when_it_is_late(clock):
    case = make.answered()
    officer = {case.officer_id}

    clock.advance("23 days")
    settle()
    assert people_told(Kind.DECISION_DUE) == officer
    assert people_told(Kind.DECISION_OVERDUE) == set()
    clock.advance("23 days")
    settle()

    assert people_told(Kind.DECISION_OVERDUE) == officer


def test_who_may_decide_an_appeal_is_reminded_of_it(clock):
    case = make.decided().case
    free = make.officer()
    appeal_file(actor=make.speaker(case), case=case, text="Too hard.")

    clock.advance("16 days")
    settle()
    assert free.pk in people_told(Kind.APPEAL_DUE)
    clock.advance("16 days")
    settle()

    assert free.pk in people_told(Kind.APPEAL_OVERDUE)
    assert case.officer_id not in people_told(Kind.APPEAL_OVERDUE)
    assert now() > the(Kind.APPEAL_OVERDUE, free).due_at
