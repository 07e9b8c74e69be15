"""Who hears of a review: who is asked, and who moves the proposal on once it is over."""

import pytest

from apps.core.actor import SYSTEM
from apps.institutions.offices import Office
from apps.notices.models import Notice
from apps.notices.states import NoticeKind as Kind
from apps.reactions.runner import settle
from apps.reviews.services import reviewer_assign, verdict_give
from apps.reviews.states import VerdictKind
from tests.factories import institutions, proposals
from tests.reactions.inboxes import leads, people_told, the, title

pytestmark = pytest.mark.django_db


def asked(clock):
    proposal = proposals.reviewed(clock)
    reviewer = institutions.person("Zoya Khan")
    assignment = reviewer_assign(actor=SYSTEM, review_round=proposal.round, reviewer=reviewer)
    return proposal, reviewer, assignment


def test_a_reviewer_is_asked(clock):
    _proposal, reviewer, assignment = asked(clock)

    settle()

    notice = the(Kind.REVIEW_ASKED)
    assert notice.person_id == reviewer.pk
    assert notice.due_at == assignment.clock.due_at
    assert leads(notice) == 200


def test_a_reviewer_is_reminded_twice_and_told_when_it_is_late(clock):
    _proposal, reviewer, _assignment = asked(clock)
    mine = Notice.objects.filter(person=reviewer)

    for _day in range(16):
        settle()
        clock.advance("1 day")

    kinds = list(mine.order_by("id").values_list("kind", flat=True))
    assert kinds == [Kind.REVIEW_ASKED, Kind.REVIEW_DUE, Kind.REVIEW_DUE, Kind.REVIEW_OVERDUE]


def test_who_gave_a_verdict_is_not_reminded(clock):
    _proposal, reviewer, assignment = asked(clock)
    actor = institutions.actor(reviewer)
    verdict_give(actor=actor, assignment=assignment, kind=VerdictKind.READY, reasons="Clear.")

    clock.advance("15 days")
    settle()

    assert people_told(Kind.REVIEW_DUE) | people_told(Kind.REVIEW_OVERDUE) == set()


def test_the_author_hears_that_the_review_is_closed_and_what_to_do(clock):
    proposal, reviewer, assignment = asked(clock)
    actor = institutions.actor(reviewer)
    verdict_give(actor=actor, assignment=assignment, kind=VerdictKind.BLOCK, reasons="Unclear.")
    proposals.round_close(actor=SYSTEM, review_round=proposal.round)

    settle()

    notice = the(Kind.REVIEW_CLOSED)
    assert notice.person_id == proposal.author_id
    assert title(notice) == f"The review of {proposal.code} is closed: 1 given, 1 blocked"
    assert notice.due_at == proposals.fresh(proposal).due_at


def test_author_and_clerks_hear_that_nobody_answered_and_open_another_round(clock):
    clerk, (proposal, _reviewer, _assignment) = institutions.officer(Office.CLERK), asked(clock)
    proposals.round_close(actor=SYSTEM, review_round=proposal.round)

    settle()

    told = people_told(Kind.REVIEW_UNANSWERED)
    assert {proposal.author_id, clerk.pk} <= told
    assert people_told(Kind.REVIEW_CLOSED) == set()
    notice = the(Kind.REVIEW_UNANSWERED, clerk)
    assert title(notice) == f"The review of {proposal.code} ended with too few verdicts: 0 given"
