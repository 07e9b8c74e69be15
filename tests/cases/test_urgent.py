import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from apps.cases import errors
from apps.cases.models import ExternalOrder, UrgentAction
from apps.cases.services import (
    OrderDraft,
    cases_turn,
    order_record,
    urgent_act,
    urgent_confirm,
)
from apps.compliance.models import Measure
from apps.compliance.states import MeasureSource
from apps.core.clock import now
from apps.core.errors import Invalid, NotPermitted
from apps.institutions.services import mandate_end
from apps.journal.models import RecordedAct
from apps.policy.engine import Outcome
from tests.factories import cases as make
from tests.factories import institutions, listings

pytestmark = pytest.mark.django_db


def officer(place="IN"):
    return institutions.actor(make.officer(place))


def on_duty(place="IN"):
    return institutions.actor(make.on_duty(place))


def acted(actor=None, **changes):
    facts = {
        "case": make.opened(listing=make.company_listing()[1]),
        "outcome": Outcome.SUSPEND,
        "jurisdictions": ["IN"],
        "necessity": "People are in danger now.",
    }
    return urgent_act(actor=actor or on_duty(), **(facts | changes))


def running():
    return [measure.outcome for measure in Measure.objects.running(now())]


def kinds():
    rows = RecordedAct.objects.filter(kind__startswith="cases.urgent").order_by("id")
    return [act.kind.rsplit(".", 1)[1] for act in rows]


def test_an_urgent_act_holds_a_day_and_lapses(clock):
    action = acted()
    assert running() == [Outcome.SUSPEND]

    clock.advance("11 hours")
    cases_turn()
    assert kinds() == ["acted"]
    clock.advance("2 hours")
    cases_turn()
    assert cases_turn() == 0
    assert kinds() == ["acted", "escalated"]
    clock.advance("11 hours")
    assert running() == []
    with pytest.raises(errors.UrgentTimeOver):
        urgent_confirm(actor=officer(), action=action)
    cases_turn()

    assert kinds() == ["acted", "escalated", "lapsed"]
    assert UrgentAction.objects.get().state == "lapsed"


def test_a_second_officer_confirms_and_the_measure_goes_on(clock):
    first = on_duty()
    action = acted(first)

    with pytest.raises(errors.SecondOfficerNeeded):
        urgent_confirm(actor=first, action=action)
    with pytest.raises(NotPermitted):
        urgent_confirm(actor=officer("FR"), action=action)
    urgent_confirm(actor=officer(), action=action)
    clock.advance("2 days")
    cases_turn()

    assert (running(), kinds()) == ([Outcome.SUSPEND], ["acted", "confirmed"])
    clock.advance("13 days")
    assert running() == []


def test_the_database_knows_that_a_second_officer_is_another():
    action = acted()

    with pytest.raises(IntegrityError), transaction.atomic():
        UrgentAction.objects.filter(pk=action.pk).update(
            state="confirmed", confirmed_by=action.acted_by
        )


def test_only_who_is_on_duty_there_acts_at_once_and_anyone_in_mandate_confirms(clock):
    late = make.officer()
    wide = make.officer("EU")
    institutions.shift(wide, "FR")
    institutions.shift(late, days=1)
    case = make.opened(listing=make.company_listing()[1], jurisdictions=["DE"])
    clock.advance("2 days")

    for refused, changes in (
        (officer(), {}),
        (institutions.actor(late), {}),
        (institutions.actor(wide), {"case": case, "jurisdictions": ["DE"]}),
    ):
        with pytest.raises(errors.NotOnDuty) as told:
            acted(refused, **changes)
        assert "let a clerk or an administrator enter your shift" in str(told.value.remedy)
    assert not UrgentAction.objects.exists()

    urgent_confirm(actor=officer(), action=acted())
    assert kinds() == ["acted", "confirmed"]


def test_the_roster_gives_no_mandate_of_its_own():
    person = make.on_duty()
    mandate = person.mandates.get(subject="misuse")
    mandate_end(actor=institutions.actor(institutions.administrator()), mandate=mandate)

    with pytest.raises(NotPermitted) as refused:
        acted(institutions.actor(person))

    assert not isinstance(refused.value, errors.NotOnDuty)


def test_an_urgent_act_says_why_and_stays_within_the_mandate():
    with pytest.raises(Invalid):
        acted(necessity=" ")
    with pytest.raises(NotPermitted):
        acted(jurisdictions=[])
    with pytest.raises(errors.NothingToMeasure):
        acted(case=make.opened())
    assert not UrgentAction.objects.exists()


def order_draft(listing, **changes):
    facts = {
        "listing": listing,
        "source": MeasureSource.GOVERNMENT,
        "authority": "Ministry of Electronics",
        "rank": "Joint Secretary",
        "provision": "IT Act 2000, section 69A",
        "reference": "F.12/2026",
        "jurisdictions": ["IN"],
        "outcome": Outcome.PROHIBIT,
        "reason": "Public order.",
        "until_at": now() + dt.timedelta(days=30),
    }
    return OrderDraft(**(facts | changes))


def test_an_order_is_a_measure_with_its_source_its_territory_and_its_end(clock):
    listing = listings.listing()

    with pytest.raises(NotPermitted):
        order_record(actor=officer("FR"), draft=order_draft(listing))
    order = order_record(actor=officer(), draft=order_draft(listing))

    assert (order.measure.source, order.measure.jurisdictions) == ("government", ["IN"])
    with pytest.raises(errors.OrderAlreadyRecorded):
        order_record(actor=officer(), draft=order_draft(listing))
    assert (ExternalOrder.objects.count(), running()) == (1, [Outcome.PROHIBIT])
    clock.advance("31 days")
    assert running() == []


@pytest.mark.parametrize("lacking", ["authority", "rank", "provision", "reference", "reason"])
def test_an_order_names_its_source(lacking):
    with pytest.raises(Invalid) as refused:
        order_record(actor=officer(), draft=order_draft(listings.listing(), **{lacking: " "}))

    assert [fault.field for fault in refused.value.faults] == [lacking]
