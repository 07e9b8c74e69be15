import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.cases.selectors import allegations_owed, errands_owed, owed
from apps.cases.services import appeal_file, cases_turn, urgent_act
from apps.core.actor import ANONYMOUS
from apps.policy.engine import Outcome
from tests.factories import cases as make
from tests.factories import institutions

pytestmark = pytest.mark.django_db


def told(actor):
    return [(errand.kind, errand.code) for errand in errands_owed(actor)]


def test_an_officer_owes_the_next_steps_the_first_due_first(clock):
    report = make.filed().report
    clock.advance("1 day")
    cases_turn()
    case = make.assigned()
    other = make.assigned()
    officer = make.held_by(case)

    errands = errands_owed(officer)

    assert [(errand.kind, errand.thing) for errand in errands] == [
        ("report", report.pk),
        ("allege", case.pk),
    ]
    assert errands[0].due_at < errands[1].due_at
    assert ("allege", other.code) not in told(officer)
    assert errands_owed(ANONYMOUS) == []


def test_a_case_that_waits_for_the_company_is_owed_once_its_time_is_over(clock):
    case = make.alleged()
    officer = make.held_by(case)
    assert told(officer) == []

    clock.advance("16 days")

    assert told(officer) == [("decide", case.code)]


def test_urgent_acts_and_appeals_are_owed_by_others_whose_mandate_covers_them():
    decision = make.decided()
    appeal_file(actor=make.speaker(decision.case), case=decision.case, text="No.")
    case = make.opened(listing=make.company_listing()[1])
    first, other = institutions.actor(make.on_duty()), institutions.actor(make.officer())
    urgent_act(
        actor=first,
        case=case,
        outcome=Outcome.SUSPEND,
        jurisdictions=["IN"],
        necessity="People are in danger now.",
    )

    appealed, confirm = ("appeal", decision.case.code), ("confirm", case.code)
    assert told(other) == [confirm, appealed, ("assign", case.code)]
    assert confirm not in told(first)
    assert appealed not in told(make.held_by(decision.case))
    assert appealed not in told(institutions.actor(make.officer("FR")))


def test_what_others_mandates_cover_hides_nothing_of_ones_own(monkeypatch):
    monkeypatch.setattr(owed, "MOST", 2)
    far, near = (institutions.actor(make.on_duty(place)) for place in ("FR", "IN"))
    for _time in range(3):
        urgent(far, make.opened(listing=make.company_listing()[1], jurisdictions=["FR"]), "FR")
    case = make.opened(listing=make.company_listing()[1])
    urgent(near, case, "IN")

    told_far = told(institutions.actor(make.officer("FR")))
    told_near = told(institutions.actor(make.officer("IN")))

    assert ("confirm", case.code) in told_near
    assert [kind for kind, code in told_far if kind == "confirm"] == ["confirm", "confirm"]
    assert ("confirm", case.code) not in told_far


@pytest.mark.parametrize(
    ("held", "acted_in", "owes"),
    [
        ("IN", ["IN"], True),
        ("IN", ["FR"], False),
        ("IN", ["IN", "FR"], False),
        ("EU", ["FR"], True),
        ("EU", ["DE", "FR"], True),
        ("FR", ["EU"], False),
        ("*", ["IN"], True),
        ("*", [], True),
        ("IN", [], False),
    ],
)
def test_an_urgent_act_waits_for_whose_mandate_covers_all_its_places(held, acted_in, owes):
    case = make.opened(listing=make.company_listing()[1], jurisdictions=acted_in or ["IN"])
    urgent(institutions.actor(make.on_duty("*")), case, *acted_in)

    confirm = ("confirm", case.code) in told(institutions.actor(make.officer(held)))

    assert confirm is owes


def urgent(actor, case, *places):
    return urgent_act(
        actor=actor,
        case=case,
        outcome=Outcome.SUSPEND,
        jurisdictions=list(places),
        necessity="People are in danger now.",
    )


def test_a_company_owes_an_answer_by_its_date(clock):
    case = make.alleged()
    company = case.listing.brought_by
    clock.advance("1 day")
    later = make.alleged(case.listing)

    assert [row.case.code for row in allegations_owed(company)] == [case.code, later.code]
    assert not allegations_owed(institutions.organisation())


def test_what_is_owed_is_read_in_few_queries():
    officer = institutions.actor(make.officer())

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            errands_owed(officer)
        return len(seen)

    make.opened(), make.filed()
    before = queries()
    for _time in range(3):
        make.opened(), make.filed()

    assert queries() == before
