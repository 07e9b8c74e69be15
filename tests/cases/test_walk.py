"""From an assigned case to an appeal: who may do each step, and what each leaves behind."""

import hashlib

import pytest
from django.db import ProgrammingError, transaction

from apps.cases import errors
from apps.cases.models import Case, Decision, MisuseReport
from apps.cases.selectors import case_by_code, public_cases
from apps.cases.services import (
    Answer,
    allegation_send,
    case_assign,
    case_identify,
    decision_issue,
    report_link,
    response_give,
    review_open,
)
from apps.cases.services.triage import CaseDraft
from apps.cases.states import CaseState, Ground, Stance
from apps.clocks.models import Clock
from apps.clocks.states import ClockState
from apps.compliance.models import IncidentCount, Measure
from apps.core.actor import ANONYMOUS
from apps.core.errors import Invalid, MoveRefused, NotPermitted
from apps.institutions.services import conflict_declare
from apps.journal.models import RecordedAct
from apps.policy.engine import Outcome
from tests.factories import cases as make
from tests.factories import institutions, listings, policy

pytestmark = pytest.mark.django_db


def officer(place="IN"):
    return institutions.actor(make.officer(place))


def test_a_thing_not_yet_known_is_identified_under_a_clock_and_never_turned_away():
    case = make.opened()
    assert case.state == CaseState.IDENTIFYING
    listing = listings.listing()

    with pytest.raises(MoveRefused):
        case_assign(actor=officer(), case=case, officer=make.officer())
    case = case_identify(actor=officer(), case=case, listing=listing)

    assert (case.state, case.listing) == (CaseState.TRIAGED, listing)
    assert Clock.objects.get(rule__code="cases.identify").state == ClockState.STOPPED


def test_several_reports_make_one_case():
    case, report = make.opened(), make.filed().report

    report_link(actor=officer(), report=report, case=case)

    assert case.links.count() == 2
    with pytest.raises(MoveRefused):
        report_link(actor=officer(), report=report, case=make.opened())


def test_an_officer_without_mandate_or_with_an_interest_gets_no_case():
    company, listing = make.company_listing()
    case = make.opened(listing=listing)
    interested, elsewhere = make.officer(), make.officer("FR")
    member = institutions.membership(make.officer(), company).user
    conflict_declare(
        actor=institutions.actor(interested), interest="A share.", organisation=company
    )

    with pytest.raises(errors.OfficerWithoutMandate):
        case_assign(actor=officer(), case=case, officer=elsewhere)
    for person in (interested, member):
        with pytest.raises(errors.OfficerHasConflict):
            case_assign(actor=officer(), case=case, officer=person)
    assert Case.objects.get(pk=case.pk).state == CaseState.TRIAGED


def test_an_owner_group_carries_the_interest():
    group = institutions.organisation(owner_group="Meru")
    sister = institutions.organisation(owner_group="Meru")
    owner = institutions.actor(institutions.owner_of(group))
    case = make.opened(listing=listings.listing(actor=owner, organisation=group))
    person = institutions.membership(make.officer(), sister).user

    with pytest.raises(errors.OfficerHasConflict):
        case_assign(actor=officer(), case=case, officer=person)


def test_only_the_officer_of_the_case_sends_the_allegation():
    case = make.assigned()

    for other in (ANONYMOUS, officer(), make.speaker(case)):
        with pytest.raises(NotPermitted):
            allegation_send(actor=other, case=case, text="Restrictions were lost.")
    assert Case.objects.get(pk=case.pk).state == CaseState.ASSIGNED


def test_nothing_is_public_before_the_company_answered_or_its_clock_ended(clock):
    silent, heard = make.alleged(), make.answered()
    codes = [silent.listing.pk, silent.listing.brought_by.pk]

    public = [case.code for case in public_cases()]
    told = RecordedAct.objects.filter(kind__regex="^(cases|clocks)", visibility="public")
    assert public == [heard.code]
    assert not [act for act in told.filter(subject=silent.pk) if str(codes[0]) in str(act.payload)]
    assert not [act for act in told if str(codes[1]) in f"{act.payload}{act.concerns}"]

    clock.advance("16 days")
    assert {case.code for case in public_cases()} == {silent.code, heard.code}


def test_the_company_answers_and_nobody_else():
    case = make.alleged()
    answer = Answer(stance=Stance.CONTESTED, statement="They were carried.")
    stranger = institutions.actor(institutions.owner_of(institutions.organisation()))

    for other in (ANONYMOUS, stranger, make.held_by(case)):
        with pytest.raises(NotPermitted):
            response_give(actor=other, case=case, answer=answer)
    response = response_give(actor=make.speaker(case), case=case, answer=answer)

    assert (response.stance, case_by_code(case.code).state) == ("contested", "answered")
    assert Clock.objects.get(rule__code="cases.respond").state == ClockState.STOPPED


def test_a_decision_waits_for_the_company_or_its_clock(clock):
    case = make.alleged()

    with pytest.raises(errors.CompanyNotHeard):
        decision_issue(actor=make.held_by(case), case=case, draft=make.decision_draft())
    assert not Decision.objects.exists()
    clock.advance("16 days")
    decision = decision_issue(actor=make.held_by(case), case=case, draft=make.decision_draft())

    assert decision.case.state == CaseState.DECIDED


def test_a_decision_keeps_the_text_of_its_rule_and_sets_its_measure():
    version = policy.entered()

    decision = make.decided(ground=Ground.RULE, rule_version=version)

    text = decision.rule_text_snapshot
    assert text.startswith(f"{version.rule.code} v1: Models without a card\n§1 A model")
    assert decision.rule_text_hash == hashlib.sha256(text.encode()).hexdigest()
    measure = Measure.objects.get()
    assert (measure.pk, measure.outcome, measure.jurisdictions) == (
        decision.measure_id,
        Outcome.SUSPEND,
        ["IN"],
    )
    incident = IncidentCount.objects.get(reference=decision.case.code)
    assert (incident.severity, incident.basis) == (3, "decided")
    assert Clock.objects.get(rule__code="cases.decide").state == ClockState.STOPPED
    assert MisuseReport.objects.get().state == "answered"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"facts": " "}, "facts"),
        ({"reasons": ""}, "reasons"),
        ({"milder": ""}, "milder"),
        ({"ground": Ground.NONE}, "ground"),
        ({"ground": Ground.RULE}, "rule_version"),
    ],
)
def test_a_statement_of_reasons_is_whole(changes, field):
    with pytest.raises(Invalid) as refused:
        make.decided(**changes)

    assert [fault.field for fault in refused.value.faults] == [field]
    assert not Measure.objects.exists()


def test_a_mandate_for_one_place_sets_no_measure_everywhere():
    with pytest.raises(NotPermitted):
        make.decided(jurisdictions=[])


def test_a_decision_is_never_changed():
    decision = make.decided()

    with pytest.raises(ProgrammingError), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(facts="Others.")


def test_a_review_needs_no_report_but_questions_and_a_mandate_there():
    draft = CaseDraft(
        title="Licence terms", severity=2, jurisdictions=["IN"], segment="text-generation"
    )
    asked = CaseDraft(
        title="Licence terms",
        severity=2,
        jurisdictions=["IN"],
        segment="text-generation",
        questions="Which terms are passed on?",
    )

    with pytest.raises(Invalid):
        review_open(actor=officer(), draft=draft)
    with pytest.raises(NotPermitted):
        review_open(actor=officer("FR"), draft=asked)
    case = review_open(actor=officer(), draft=asked)

    assert (case.state, case.origin) == (CaseState.ASSIGNED, "own-initiative")
    assert Clock.objects.get(rule__code="cases.decide", thing=case.pk).state == "running"
