"""Every state by event by role of casework: who may do what when; all else is refused, undone.

Each state is made once by the services; every event is tried by every role and taken back.
"""

import datetime as dt

import pytest

from apps.cases import services
from apps.cases.models import Appeal, Case, MisuseReport, UrgentAction
from apps.cases.selectors import case_by_code
from apps.cases.services import Answer, OrderDraft
from apps.compliance.services import MeasureDraft, measure_impose, measure_lift
from apps.compliance.states import MeasureSource
from apps.core.actor import ANONYMOUS, OPERATOR, SYSTEM
from apps.core.clock import now
from apps.institutions.models import User
from apps.policy.engine import Outcome
from tests.cases.trying import Event, Ground, ground, tried
from tests.factories import cases as make
from tests.factories import institutions, listings

pytestmark = pytest.mark.django_db


ANY = {"officer", "officer on duty", "officer of another place", "officer of the case"}
COVERING = {"officer", "officer on duty", "officer of the case"}
ON_DUTY = {"officer on duty"}
HOLDER = {"officer of the case"}
COMPANY = {"company"}


def begun(land: Ground) -> Case:
    return make.opened()


def triaged(land: Ground) -> Case:
    return make.opened(listing=land.listing)


def assigned(land: Ground) -> Case:
    placer = institutions.actor(make.officer())
    return services.case_assign(actor=placer, case=triaged(land), officer=land.holder)


def alleged(land: Ground) -> Case:
    case = assigned(land)
    services.allegation_send(actor=make.held_by(case), case=case, text="Restrictions were lost.")
    return case_by_code(case.code)


def answered(land: Ground) -> Case:
    case = alleged(land)
    answer = Answer(stance="contested", statement="They were carried.")
    services.response_give(actor=land.roles["company"], case=case, answer=answer)
    return case_by_code(case.code)


def decided(land: Ground) -> Case:
    case = answered(land)
    services.decision_issue(actor=make.held_by(case), case=case, draft=make.decision_draft())
    return case_by_code(case.code)


def events_of(case: Case) -> dict[str, Event]:
    """Everything that can be tried with a case."""
    fresh, report, other = make.officer(), make.filed().report, listings.listing()
    return {
        "identify": lambda actor: services.case_identify(actor=actor, case=case, listing=other),
        "assign": lambda actor: services.case_assign(actor=actor, case=case, officer=fresh),
        "hand over": lambda actor: services.case_hand_over(actor=actor, case=case, officer=fresh),
        "join": lambda actor: services.report_link(actor=actor, report=report, case=case),
        "allege": lambda actor: services.allegation_send(actor=actor, case=case, text="Lost."),
        "respond": lambda actor: services.response_give(
            actor=actor, case=case, answer=Answer(stance="accepted", statement="Yes.")
        ),
        "decide": lambda actor: services.decision_issue(
            actor=actor, case=case, draft=make.decision_draft()
        ),
        "act": lambda actor: services.urgent_act(
            actor=actor,
            case=case,
            outcome=Outcome.SUSPEND,
            jurisdictions=["IN"],
            necessity="People are in danger now.",
        ),
        "appeal": lambda actor: services.appeal_file(actor=actor, case=case, text="No."),
    }


# Before a case names a listing, nobody can be known to have an interest in it.
UNKNOWING = ANY | {"officer with an interest"}
ALLOWED = {
    "identifying": (begun, "", {"identify": UNKNOWING, "join": UNKNOWING}),
    "triaged": (triaged, "", {"assign": ANY, "join": ANY, "act": ON_DUTY}),
    "assigned": (
        assigned,
        "",
        {"hand over": ANY, "join": ANY, "allege": HOLDER, "act": ON_DUTY},
    ),
    "alleged": (
        alleged,
        "",
        {"hand over": ANY, "join": ANY, "respond": COMPANY, "act": ON_DUTY},
    ),
    "alleged, time over": (
        alleged,
        "16 days",
        {"hand over": ANY, "join": ANY, "respond": COMPANY, "act": ON_DUTY, "decide": HOLDER},
    ),
    "answered": (
        answered,
        "",
        {"hand over": ANY, "join": ANY, "decide": HOLDER, "act": ON_DUTY},
    ),
    "decided": (decided, "", {"join": ANY, "appeal": COMPANY}),
    "decided, window over": (decided, "7 months", {"join": ANY}),
    "closed": (decided, "7 months, turned", {}),
}


@pytest.mark.parametrize("state", ALLOWED)
def test_who_may_do_what_with_a_case(state, clock):
    land = ground()
    built, span, allowed = ALLOWED[state]
    case = built(land)
    if span:
        clock.advance(span.removesuffix(", turned"))
    if span.endswith("turned"):
        services.cases_turn()
    case = case_by_code(case.code)
    assert case.state == state.split(",")[0]

    for name, event in events_of(case).items():
        assert tried(land.roles, event) == allowed.get(name, set()), name


def test_who_may_open_a_case_of_reports_a_review_and_an_order():
    land, report = ground(), make.filed().report
    draft = make.case_draft(listing=land.listing, reports=[report.pk])
    review = make.case_draft(listing=land.listing, questions="Which terms are passed on?")
    order = OrderDraft(
        listing=land.listing,
        source=MeasureSource.COURT,
        authority="High Court",
        rank="Registrar",
        provision="Code, section 151",
        reference="CS 12/2026",
        jurisdictions=["IN"],
        outcome=Outcome.PROHIBIT,
        reason="An injunction.",
        until_at=now() + dt.timedelta(days=30),
    )

    opened = tried(land.roles, lambda actor: services.case_open(actor=actor, draft=draft))
    reviewed = tried(land.roles, lambda actor: services.review_open(actor=actor, draft=review))
    ordered = tried(land.roles, lambda actor: services.order_record(actor=actor, draft=order))

    assert opened == ANY
    assert reviewed == COVERING
    # An order is a court's, not the officer's: an interest does not bar its recording.
    assert ordered == COVERING | {"officer with an interest"}


@pytest.mark.parametrize("state", ["received", "linked", "answered"])
def test_what_can_become_of_a_report(state):
    land, filed = ground(), make.filed()
    if state != "received":
        case = answered(land)
        services.report_link(actor=land.roles["officer"], report=filed.report, case=case)
    if state == "answered":
        services.decision_issue(actor=make.held_by(case), case=case, draft=make.decision_draft())
    target = triaged(land)
    report = MisuseReport.objects.get(pk=filed.report.pk)
    assert report.state == state

    joined = tried(
        land.roles, lambda actor: services.report_link(actor=actor, report=report, case=target)
    )
    # What a receipt opens asks for nothing but the receipt; nobody's account counts.
    nobody = {"holder of the receipt": ANONYMOUS}
    added = tried(
        nobody, lambda _actor: services.evidence_add(receipt=filed.receipt, file=make.note())
    )
    appealed = tried(
        nobody, lambda _actor: services.appeal_by_receipt(receipt=filed.receipt, text="No.")
    )

    assert joined == (ANY if state == "received" else set())
    assert bool(added) == (state != "answered")
    assert bool(appealed) == (state == "answered")


@pytest.mark.parametrize("state", ["filed", "upheld", "changed"])
def test_who_decides_an_appeal(state):
    land = ground()
    case = decided(land)
    appeal = services.appeal_file(actor=land.roles["company"], case=case, text="No.")
    milder = make.decision_draft(outcome=Outcome.CONDITION)
    if state != "filed":
        services.appeal_decide(
            actor=institutions.actor(make.officer()),
            appeal=appeal,
            reasons="So it is.",
            changed=milder if state == "changed" else None,
        )
    land.roles["who triaged it"] = institutions.actor(
        User.objects.get(pk=case.touches.filter(deed="assigned").get().user_id)
    )
    assert Appeal.objects.get(pk=appeal.pk).state == state

    for changed in (None, milder):
        able = tried(
            land.roles,
            lambda actor, draft=changed: services.appeal_decide(
                actor=actor, appeal=appeal, reasons="So it is.", changed=draft
            ),
        )
        assert able == ({"officer", "officer on duty"} if state == "filed" else set())


@pytest.mark.parametrize("state", ["acted", "acted, time over", "confirmed", "lapsed"])
def test_who_confirms_an_urgent_act(state, clock):
    land = ground()
    first = institutions.actor(make.on_duty())
    action = services.urgent_act(
        actor=first,
        case=triaged(land),
        outcome=Outcome.SUSPEND,
        jurisdictions=["IN"],
        necessity="People are in danger now.",
    )
    land.roles["officer who acted"] = first
    if state == "confirmed":
        services.urgent_confirm(actor=institutions.actor(make.officer()), action=action)
    if state in {"acted, time over", "lapsed"}:
        clock.advance("25 hours")
    if state == "lapsed":
        services.cases_turn()
    assert UrgentAction.objects.get().state == state.split(",")[0]

    able = tried(land.roles, lambda actor: services.urgent_confirm(actor=actor, action=action))

    assert able == (COVERING if state == "acted" else set())


def test_nobody_sets_or_lifts_a_measure_but_a_decision_or_a_regulator_of_models():
    land = ground()
    roles = land.roles | {"portal": SYSTEM, "operator": OPERATOR}
    draft = MeasureDraft(
        listing=land.listing,
        outcome=Outcome.SUSPEND,
        source=MeasureSource.DECISION,
        reference="DC-1",
        reason="It misled.",
        jurisdictions=["IN"],
        uses=[],
    )

    imposed = tried(roles, lambda actor: measure_impose(actor=actor, draft=draft))
    measure = measure_impose(actor=SYSTEM, draft=draft)
    lifted = tried(roles, lambda actor: measure_lift(actor=actor, measure=measure))

    assert imposed == lifted == {"portal", "regulator of models"}
