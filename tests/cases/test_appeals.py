"""Appeals: who may file one, until when, and who decides."""

import pytest
from django.db import IntegrityError, connection, transaction

from apps.cases import errors
from apps.cases.models import Appeal, Decision, Touch
from apps.cases.selectors import appealable, case_by_code, report_status
from apps.cases.services import (
    Answer,
    allegation_send,
    appeal_by_receipt,
    appeal_decide,
    appeal_file,
    case_assign,
    case_hand_over,
    cases_turn,
    decision_issue,
    report_link,
    response_give,
    urgent_act,
    urgent_confirm,
)
from apps.cases.states import AppealState, CaseState, Deed, Ground
from apps.compliance.models import IncidentCount, Measure
from apps.core.actor import Actor, ActorKind
from apps.core.clock import now
from apps.core.errors import NotPermitted
from apps.policy.engine import Outcome
from tests.factories import cases as make
from tests.factories import institutions

pytestmark = pytest.mark.django_db


def officer(place="IN"):
    return institutions.actor(make.officer(place))


def test_both_sides_appeal_once_within_the_window(clock):
    filed = make.filed()
    case = make.answered()
    report_link(actor=officer(), report=filed.report, case=case)
    decision_issue(actor=make.held_by(case), case=case, draft=make.decision_draft())

    assert report_status(filed.receipt).can_appeal
    appeal_file(actor=make.speaker(case), case=case, text="Too hard.")
    appeal_by_receipt(receipt=filed.receipt, text="Too mild.")
    with pytest.raises(errors.AppealAlreadyFiled):
        appeal_file(actor=make.speaker(case), case=case, text="Too hard.")
    with pytest.raises(errors.AppealAlreadyFiled):
        appeal_by_receipt(receipt=filed.receipt, text="Too mild.")
    with pytest.raises(NotPermitted):
        appeal_file(actor=officer(), case=case, text="Hm.")

    assert Appeal.objects.count() == 2


def test_after_the_window_the_case_closes_and_nobody_appeals(clock):
    decision = make.decided()
    clock.advance("7 months")

    with pytest.raises(errors.AppealTimeOver):
        appeal_file(actor=make.speaker(decision.case), case=decision.case, text="Late.")
    cases_turn()

    assert case_by_code(decision.case.code).state == CaseState.CLOSED
    assert IncidentCount.objects.get().until_at is not None
    assert cases_turn() == 0


def test_an_open_appeal_keeps_the_case_open(clock):
    decision = make.decided()
    appeal_file(actor=make.speaker(decision.case), case=decision.case, text="Too hard.")
    clock.advance("7 months")

    cases_turn()

    assert case_by_code(decision.case.code).state == CaseState.DECIDED


def test_an_appeal_puts_another_decision_in_the_place_of_the_first():
    decision = make.decided()
    appeal = appeal_file(actor=make.speaker(decision.case), case=decision.case, text="No.")

    appeal = appeal_decide(
        actor=officer(),
        appeal=appeal,
        reasons="A label is enough.",
        changed=make.decision_draft(outcome=Outcome.CONDITION),
    )

    assert (appeal.state, appeal.new_decision.kind) == (AppealState.CHANGED, "appeal")
    running = Measure.objects.running(now())
    assert [measure.outcome for measure in running] == [Outcome.CONDITION]
    assert Decision.objects.count() == 2


def test_whoever_touched_the_case_decides_no_appeal_by_any_path():
    decision = make.decided()
    case = decision.case
    appeal = appeal_file(actor=make.speaker(case), case=case, text="No.")
    hands = set(Touch.objects.filter(case=case).values_list("user", flat=True))
    assert set(Touch.objects.values_list("deed", flat=True)) == {
        Deed.TRIAGED,
        Deed.ASSIGNED,
        Deed.HELD,
        Deed.ALLEGED,
        Deed.DECIDED,
    }

    for hand in hands:
        actor = Actor(ActorKind.PERSON, person=hand, second_factor=True)
        with pytest.raises(errors.DeciderTouchedCase):
            appeal_decide(actor=actor, appeal=appeal, reasons="It stands.")
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "update cases_appeal set decided_by_id = %s, decided_at = now(), state = 'upheld' "
                "where id = %s",
                [hand, appeal.pk],
            )

    assert len(hands) == 3
    assert Appeal.objects.get(pk=appeal.pk).state == AppealState.FILED
    other = appeal_decide(actor=officer(), appeal=appeal, reasons="It stands.")
    assert other.state == AppealState.UPHELD


def by_sql(statement, *values):
    """Go around the services; what the end of a transaction would check is checked at once."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute(statement, values)


UPHOLD = (
    "update cases_appeal set decided_by_id = %s, decided_at = now(), state = 'upheld' where id = %s"
)


def refused_by(constraint, statement, *values):
    with pytest.raises(IntegrityError) as refused:
        by_sql(statement, *values)
    return refused.value.__cause__.diag.constraint_name == constraint


def test_every_hand_in_a_case_is_refused_by_the_database_itself():
    reporter = make.officer()
    case = make.opened(listing=make.company_listing()[1])
    report = make.filed(
        actor=institutions.actor(reporter), voice="named", contact="me@example.org"
    ).report
    linker, placer, first, holder, second = (make.officer() for _time in range(5))
    urgent = make.on_duty()
    report_link(actor=institutions.actor(linker), report=report, case=case)
    case_assign(actor=institutions.actor(placer), case=case, officer=first)
    case_hand_over(actor=institutions.actor(placer), case=case, officer=holder)
    allegation_send(actor=institutions.actor(holder), case=case, text="Restrictions were lost.")
    act = urgent_act(
        actor=institutions.actor(urgent),
        case=case,
        outcome=Outcome.SUSPEND,
        jurisdictions=["IN"],
        necessity="People are in danger now.",
    )
    urgent_confirm(actor=institutions.actor(second), action=act)
    speaker = make.speaker(case)
    response_give(actor=speaker, case=case, answer=Answer(stance="contested", statement="No."))
    decision_issue(actor=institutions.actor(holder), case=case, draft=make.decision_draft())
    appeal = appeal_file(actor=speaker, case=case, text="No.")

    hands = [reporter, linker, placer, first, holder, urgent, second]
    for hand in [*[user.pk for user in hands], speaker.person]:
        assert refused_by("cases_decider_apart", UPHOLD, hand, appeal.pk)
    assert Appeal.objects.get(pk=appeal.pk).state == AppealState.FILED


def test_who_decided_one_appeal_decides_no_other_in_the_case():
    filed, case = make.filed(), make.answered()
    report_link(actor=officer(), report=filed.report, case=case)
    decision_issue(actor=make.held_by(case), case=case, draft=make.decision_draft())
    company = appeal_file(actor=make.speaker(case), case=case, text="Too hard.")
    reporter = appeal_by_receipt(receipt=filed.receipt, text="Too mild.")
    decider = officer()

    appeal_decide(actor=decider, appeal=company, reasons="It stands.")

    with pytest.raises(errors.DeciderTouchedCase):
        appeal_decide(actor=decider, appeal=reporter, reasons="It stands.")
    assert refused_by("cases_decider_apart", UPHOLD, decider.person, reporter.pk)
    assert appeal_decide(actor=officer(), appeal=reporter, reasons="No.").state == "upheld"


def test_a_decision_on_appeal_is_its_deciders_and_nobody_elses():
    decision = make.decided()
    hand = decision.decided_by_id
    appeal = appeal_file(actor=make.speaker(decision.case), case=decision.case, text="No.")
    copied = """
        insert into cases_decision select (jsonb_populate_record(d, jsonb_build_object(
            'id', gen_random_uuid(), 'code', 'DC-X', 'kind', 'appeal', 'measure_id', null))).*
        from cases_decision d where d.id = %s
    """
    changed = (
        "update cases_appeal set state = 'changed', decided_at = now(), decided_by_id = %s "
        "where id = %s"
    )

    assert refused_by("cases_appeal_has_its_decision", copied, decision.pk)
    assert refused_by("cases_appeal_changed_whole", changed, make.officer().pk, appeal.pk)
    assert (Decision.objects.count(), hand) == (1, Decision.objects.get().decided_by_id)


def test_the_other_side_may_appeal_against_a_decision_on_appeal_and_the_appellant_may_not():
    filed, case = make.filed(), make.answered()
    report_link(actor=officer(), report=filed.report, case=case)
    decision_issue(actor=make.held_by(case), case=case, draft=make.decision_draft())
    speaker = make.speaker(case)
    first = appeal_file(actor=speaker, case=case, text="Too hard.")
    milder = make.decision_draft(outcome=Outcome.ALLOW, ground=Ground.NONE)
    appeal_decide(actor=officer(), appeal=first, reasons="No ground.", changed=milder)
    assert not Measure.objects.running(now()).exists()
    assert not IncidentCount.objects.filter(until_at__isnull=True).exists()

    with pytest.raises(errors.OwnAppealHeard):
        appeal_file(actor=speaker, case=case, text="Still.")
    second = appeal_by_receipt(receipt=filed.receipt, text="It goes on.")
    assert second.decision == Appeal.objects.get(pk=first.pk).new_decision
    appeal_decide(actor=officer(), appeal=second, reasons="It does.", changed=make.decision_draft())

    assert [measure.outcome for measure in Measure.objects.running(now())] == [Outcome.SUSPEND]
    assert IncidentCount.objects.filter(until_at__isnull=True).count() == 1
    assert not report_status(filed.receipt).can_appeal
    assert appealable(case_by_code(case.code), company=case.listing.brought_by).kind == "appeal"


def test_a_case_closes_when_the_window_of_its_last_decision_is_over(clock):
    decision = make.decided()
    case = decision.case
    clock.advance("5 months")
    appeal = appeal_file(actor=make.speaker(case), case=case, text="No.")
    appeal_decide(
        actor=officer(),
        appeal=appeal,
        reasons="A label is enough.",
        changed=make.decision_draft(outcome=Outcome.CONDITION),
    )

    clock.advance("2 months")
    cases_turn()
    assert case_by_code(case.code).state == CaseState.DECIDED
    clock.advance("5 months")
    cases_turn()

    assert case_by_code(case.code).state == CaseState.CLOSED
