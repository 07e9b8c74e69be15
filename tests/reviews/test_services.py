import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from apps.clocks.states import ClockState
from apps.core.actor import ANONYMOUS, SYSTEM
from apps.core.errors import MoveRefused, NotPermitted
from apps.core.ids import uuid7
from apps.journal.models import RecordedAct
from apps.reactions.runner import settle
from apps.reviews import errors
from apps.reviews.models import Assignment, ReviewRound, Verdict
from apps.reviews.selectors import assignments_of, reviews_owed, rounds_of, summary
from apps.reviews.services import (
    assignment_accept,
    assignment_decline,
    reviewer_assign,
    reviews_turn,
    round_close,
    round_open,
    verdict_give,
)
from apps.reviews.states import AssignmentState, RoundState, VerdictKind
from tests.factories import institutions as make
from tests.factories import reviews

pytestmark = pytest.mark.django_db


def give(assignment, kind=VerdictKind.READY, *, who=None, reasons="It is clear."):
    actor = who or make.actor(assignment.reviewer)
    return verdict_give(actor=actor, assignment=assignment, kind=kind, reasons=reasons)


def kinds():
    rows = RecordedAct.objects.filter(kind__startswith="reviews.").order_by("id")
    return list(rows.values_list("kind", flat=True))


def test_a_round_asks_its_reviewers_and_its_clocks_run():
    subject, people = uuid7(), [make.person(), make.person()]

    found = reviews.review_round(subject=subject, reviewers=people)

    asked = list(assignments_of(found))
    assert [row.reviewer for row in asked] == people
    assert {row.state for row in asked} == {AssignmentState.ASKED}
    assert found.clock.due_at - found.opened_at > dt.timedelta(days=21)
    assert asked[0].clock.owner == people[0].pk
    assert list(rounds_of(subject)) == [found]
    assert kinds() == ["reviews.round.opened"] + ["reviews.reviewer.assigned"] * 2


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"question": " "}, errors.QuestionRefused),
        ({"question": "?" * 501}, errors.QuestionRefused),
        ({"text_hash": "x"}, errors.RoundHashMalformed),
    ],
)
def test_a_round_of_no_form_is_refused(changes, refusal):
    facts = {"subject": uuid7(), "question": "Ready?", "text_hash": reviews.HASH}

    with pytest.raises(refusal):
        round_open(actor=SYSTEM, **(facts | changes))

    assert ReviewRound.objects.count() == 0


def test_a_reviewer_is_asked_once_and_only_in_good_standing():
    found, person = reviews.review_round(), make.person()
    reviews.assignment(found, person)

    with pytest.raises(errors.ReviewerAskedAlready):
        reviews.assignment(found, person)
    with pytest.raises(errors.ReviewerUnavailable):
        reviews.assignment(found, make.suspended())

    assert Assignment.objects.count() == 1


def test_a_verdict_is_given_with_reasons_and_stops_its_clock():
    asked = reviews.assignment(reviews.review_round())
    assignment_accept(actor=make.actor(asked.reviewer), assignment=asked)

    verdict = give(asked, VerdictKind.BLOCK, reasons=" Clause 2 contradicts clause 1. ")

    asked.refresh_from_db()
    assert (asked.state, asked.clock.state) == (AssignmentState.DONE, ClockState.STOPPED)
    assert verdict.reasons == "Clause 2 contradicts clause 1."
    found = summary(asked.round)
    assert (found.blocked, found.answered, found.owed) == (True, 1, 0)
    assert kinds()[-2:] == ["reviews.reviewer.accepted", "reviews.verdict.given"]


def test_a_verdict_without_reasons_and_a_second_one_are_refused():
    asked = reviews.assignment(reviews.review_round())

    with pytest.raises(errors.ReasonsMissing):
        give(asked, reasons="  ")
    assert Verdict.objects.count() == 0
    give(asked)
    with pytest.raises(MoveRefused):
        give(asked, VerdictKind.BLOCK)

    assert Verdict.objects.get().kind == VerdictKind.READY


def test_a_verdict_is_never_rewritten():
    give(reviews.assignment(reviews.review_round()))

    with pytest.raises(DatabaseError), transaction.atomic():
        Verdict.objects.update(kind=VerdictKind.BLOCK)


def test_who_has_become_concerned_gives_no_verdict():
    company = make.organisation()
    asked = reviews.assignment(reviews.review_round(concerned_organisations=[company.pk]))
    make.membership(asked.reviewer, company)

    with pytest.raises(errors.ReviewerConflicted):
        give(asked)

    assert Verdict.objects.count() == 0


def test_declining_says_why():
    asked = reviews.assignment(reviews.review_round())
    who = make.actor(asked.reviewer)

    with pytest.raises(errors.ReasonsMissing):
        assignment_decline(actor=who, assignment=asked, reason="")
    declined = assignment_decline(actor=who, assignment=asked, reason="No time.")

    assert (declined.state, declined.refusal) == (AssignmentState.DECLINED, "No time.")
    assert list(reviews_owed(who)) == []


def test_who_owes_a_verdict_is_reminded_once_three_days_before(clock):
    asked = reviews.assignment(reviews.review_round())
    assert [row.pk for row in reviews_owed(make.actor(asked.reviewer))] == [asked.pk]
    clock.advance("11 days")
    assert reviews_turn() == 0

    clock.advance("1 day")
    assert (reviews_turn(), reviews_turn()) == (1, 0)

    act = RecordedAct.objects.get(kind="reviews.reviewer.reminded")
    assert act.payload["person"] == str(asked.reviewer_id)


def test_a_late_verdict_counts_and_stays_late(clock):
    asked = reviews.assignment(reviews.review_round())
    clock.advance("16 days")
    settle()

    give(asked)

    asked.refresh_from_db()
    assert (asked.state, asked.clock.state) == (AssignmentState.DONE, ClockState.MET_LATE)


def test_time_closes_a_round_and_what_is_owed_lapses(clock):
    found = reviews.review_round()
    done, owed = reviews.assignment(found), reviews.assignment(found)
    give(done, VerdictKind.WITH_NITS)
    clock.advance("23 days")

    settle()

    found.refresh_from_db()
    owed.refresh_from_db()
    assert (found.state, owed.state) == (RoundState.CLOSED, AssignmentState.LAPSED)
    act = RecordedAct.objects.get(kind="reviews.round.closed")
    assert act.payload["verdicts"] == {"ready": 0, "with-nits": 1, "not-ready": 0, "block": 0}
    assert act.payload["owed"] == 1


def test_a_round_closed_early_stops_its_clocks():
    found = reviews.review_round()
    asked = reviews.assignment(found)

    closed = round_close(actor=SYSTEM, review_round=found)

    asked.refresh_from_db()
    closed.clock.refresh_from_db()
    assert (closed.clock.state, asked.clock.state) == (ClockState.STOPPED, ClockState.STOPPED)


ACTORS = {
    "the reviewer": lambda asked: make.actor(asked.reviewer),
    "another reviewer": lambda asked: make.actor(reviews.assignment(asked.round).reviewer),
    "the administrator": lambda _asked: make.actor(make.administrator()),
    "a stranger": lambda _asked: ANONYMOUS,
    "the system": lambda _asked: SYSTEM,
}
DEEDS = {
    "accept": lambda who, asked: assignment_accept(actor=who, assignment=asked),
    "decline": lambda who, asked: assignment_decline(actor=who, assignment=asked, reason="No."),
    "give": lambda who, asked: give(asked, who=who),
}


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("role", ACTORS)
def test_only_the_person_asked_answers(role, deed):
    asked = reviews.assignment(reviews.review_round())
    who = ACTORS[role](asked)

    if role == "the reviewer":
        DEEDS[deed](who, asked)
        asked.refresh_from_db()
        assert asked.state != AssignmentState.ASKED
    else:
        with pytest.raises(NotPermitted):
            DEEDS[deed](who, asked)
        asked.refresh_from_db()
        assert asked.state == AssignmentState.ASKED


@pytest.mark.parametrize("deed", DEEDS)
def test_a_closed_round_takes_nothing_more(deed):
    found = reviews.review_round()
    asked = reviews.assignment(found)
    round_close(actor=SYSTEM, review_round=found)

    with pytest.raises(errors.RoundClosed):
        DEEDS[deed](make.actor(asked.reviewer), asked)
    with pytest.raises(errors.RoundClosed):
        reviewer_assign(actor=SYSTEM, review_round=found, reviewer=make.person())
    with pytest.raises(errors.RoundClosed):
        round_close(actor=SYSTEM, review_round=found)


def test_a_suspended_reviewer_does_not_answer():
    asked = reviews.assignment(reviews.review_round())
    make.suspended(asked.reviewer)

    with pytest.raises(NotPermitted):
        give(asked)

    assert Verdict.objects.count() == 0
