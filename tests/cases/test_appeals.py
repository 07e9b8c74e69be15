"""Appeals: who may file one, until when, and who decides."""

import pytest
from django.db import IntegrityError, connection, transaction

from apps.cases import errors
from apps.cases.models import Appeal, Decision, Touch
from apps.cases.selectors import case_by_code, report_status
from apps.cases.services import (
    appeal_by_receipt,
    appeal_decide,
    appeal_file,
    cases_turn,
    decision_issue,
    report_link,
)
from apps.cases.states import AppealState, CaseState, Deed
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
