"""The duty roster: who keeps it, whom it names, and what being on duty means."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from apps.core.clock import now
from apps.core.errors import Invalid, NotPermitted, SecondFactorNeeded
from apps.institutions import errors
from apps.institutions.models import DutyShift
from apps.institutions.offices import Office, Subject
from apps.institutions.permissions import can_see_roster, on_duty
from apps.institutions.selectors.duties import on_duty_now, roster, shifts_between
from apps.institutions.services import shift_end, shift_enter
from apps.journal.models import RecordedAct
from tests.factories import institutions as make
from tests.sarkar.signing import signed_in

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def officer():
    return make.regulator("IN", Subject.MISUSE)


@pytest.fixture
def clerk():
    return make.actor(make.officer(Office.CLERK))


def entered(actor, officer, *, place="IN", begins=dt.timedelta(), lasts=DAY):
    since = now() + begins
    return shift_enter(
        actor=actor, user=officer, place=place, from_at=since, until_at=since + lasts
    )


def kinds():
    rows = RecordedAct.objects.filter(kind__startswith="institutions.shift").order_by("id")
    return [(act.kind, act.visibility) for act in rows]


@pytest.mark.parametrize(
    "role", ["anonymous", "person", "regulator", "registrar", "teller", "chair", "suspended clerk"]
)
def test_only_administrators_and_clerks_keep_the_roster(role, officer, clerk):
    actor = keeper(role)
    held = entered(clerk, officer)

    with pytest.raises(NotPermitted):
        entered(actor, officer, begins=DAY)
    with pytest.raises(NotPermitted):
        shift_end(actor=actor, shift=held)

    assert list(DutyShift.objects.values_list("until_at", flat=True)) == [held.until_at]


def keeper(role):
    if role == "anonymous":
        return make.ANONYMOUS
    if role == "suspended clerk":
        return make.actor(make.suspended(make.officer(Office.CLERK)))
    if role == "person":
        return make.actor(make.person())
    if role in {"teller", "chair"}:
        return make.actor(make.officer(Office(role), sector=make.Sector.SAMAJ))
    return make.actor(make.officer(Office(role)))


def test_an_administrator_keeps_it_with_a_second_factor_alone(officer):
    administrator = make.administrator()

    with pytest.raises(SecondFactorNeeded):
        entered(make.actor(administrator, second_factor=False), officer)
    shift = entered(make.actor(administrator), officer)
    shift_end(actor=make.actor(administrator), shift=shift)

    assert kinds() == [
        ("institutions.shift.entered", "sealed"),
        ("institutions.shift.ended", "sealed"),
    ]


def test_a_shift_is_for_who_may_act_there(clerk, officer):
    stranger, other = make.person(), make.regulator("IN", Subject.MODELS)

    for user, place in ((stranger, "IN"), (other, "IN"), (officer, "FR"), (officer, "*")):
        with pytest.raises(errors.MandateNeeded):
            entered(clerk, user, place=place)
    with pytest.raises(Invalid):
        entered(clerk, officer, place="nowhere")

    assert not DutyShift.objects.exists()


def test_a_shift_lies_ahead_and_no_two_of_a_person_overlap_in_a_place(clerk, officer):
    with pytest.raises(errors.TermNotAhead):
        entered(clerk, officer, begins=-2 * DAY)
    with pytest.raises(errors.TermNotAhead):
        entered(clerk, officer, lasts=dt.timedelta())
    begun = entered(clerk, officer, begins=-DAY, lasts=2 * DAY)
    assert begun.from_at == begun.entered_at

    with pytest.raises(errors.ShiftHeld):
        entered(clerk, officer, begins=DAY - dt.timedelta(minutes=1))
    entered(clerk, officer, begins=DAY)

    assert [row.from_at for row in roster()] == sorted(row.from_at for row in roster())
    assert roster().count() == 2


def test_on_duty_is_who_has_a_shift_that_runs_and_covers_the_places(clerk, officer, clock):
    wide = make.regulator("EU", Subject.MISUSE)
    entered(clerk, officer, begins=DAY)
    entered(clerk, wide, place="EU")
    there, europe = make.actor(officer), make.actor(wide)

    assert not on_duty(there, ["IN"])
    assert on_duty(europe, ["DE", "FR"])
    assert not on_duty(europe, ["DE", "IN"])
    assert not on_duty(europe, [])
    assert [row.user for row in on_duty_now(["DE"])] == [wide]
    assert on_duty_now(["IN"]) == []

    clock.advance("1 day")
    assert on_duty(there, ["IN"])
    assert not on_duty(europe, ["DE"])
    clock.advance("1 day")
    assert not on_duty(there, ["IN"])


def test_a_shift_ends_early_or_is_taken_back_and_its_time_is_free_again(clerk, officer):
    coming, moment = entered(clerk, officer, begins=DAY), now()
    shift_end(actor=clerk, shift=coming)
    assert not roster().exists()
    assert not shifts_between(moment, moment + 9 * DAY).exists()
    with pytest.raises(errors.HoldingEnded):
        shift_end(actor=clerk, shift=coming)

    running = entered(clerk, officer, lasts=9 * DAY)
    assert on_duty(make.actor(officer), ["IN"])
    shift_end(actor=clerk, shift=running)
    assert not on_duty(make.actor(officer), ["IN"])


def test_no_shift_is_deleted(clerk, officer):
    shift = entered(clerk, officer)

    with pytest.raises(DatabaseError), transaction.atomic():
        DutyShift.objects.filter(pk=shift.pk).delete()

    assert DutyShift.objects.filter(pk=shift.pk).exists()


def test_who_sees_the_roster(officer, clerk):
    assert can_see_roster(make.actor(officer))
    assert can_see_roster(clerk)
    assert not can_see_roster(make.actor(make.person()))
    assert not can_see_roster(make.actor(officer, second_factor=False))


def test_the_roster_is_kept_from_the_desk(officer):
    desk = signed_in(make.officer(Office.CLERK))
    begins = now() + DAY
    form = {
        "email": officer.email,
        "place": "IN",
        "from_at": begins.strftime("%Y-%m-%dT%H:%M"),
        "until_at": (begins + DAY).strftime("%Y-%m-%dT%H:%M"),
    }
    assert "Nobody is on duty" in desk.get("/administration/").content.decode()

    refused = desk.post("/administration/duty-shift/", form | {"place": "FR"})
    desk.post("/administration/duty-shift/", form)

    assert "holds no mandate for misuse that covers the place" in refused.content.decode()
    shift = DutyShift.objects.get()
    assert str(officer) in desk.get("/administration/").content.decode()
    desk.post(f"/administration/shift/{shift.pk}/end/")
    assert not roster().exists()
