"""A text is frozen only once reviewers have judged it; who has an interest in it does not."""

import datetime as dt

import pytest

from apps.core.clock import now
from apps.core.codes import code
from apps.institutions.services import conflict_declare
from apps.policy.states import StatuteKind
from apps.proposals import errors
from apps.proposals.models import ReviewMinimum
from apps.proposals.services import (
    consultation_open,
    proposal_start,
    proposal_submit,
    proposals_turn,
    review_renew,
    text_freeze,
)
from apps.proposals.states import ProposalState
from apps.reviews.errors import ReviewerConflicted
from apps.reviews.services import reviewer_assign, reviews_turn
from tests.factories import institutions as make
from tests.factories import proposals as factory
from tests.factories import reviews

pytestmark = pytest.mark.django_db


def test_a_round_that_its_clock_ended_unanswered_freezes_nothing_until_another_is_answered(clock):
    proposal, clerk = factory.reviewed(clock), factory.clerk()
    first, actor = proposal.round, make.actor(proposal.author)
    reviewer_assign(actor=clerk, review_round=first, reviewer=make.person("Bina Das"))
    clock.advance("31 days")
    reviews_turn()

    with pytest.raises(errors.ReviewUnanswered) as refused:
        text_freeze(actor=actor, proposal=proposal)
    assert "Open another review round" in str(refused.value.remedy)
    assert factory.fresh(proposal).state == ProposalState.REVIEW

    proposal = review_renew(actor=actor, proposal=proposal)
    assert proposal.round_id != first.pk
    assert proposal.due_at > now() + dt.timedelta(days=89)
    with pytest.raises(errors.ReviewRuns):
        text_freeze(actor=actor, proposal=proposal)
    text_freeze(actor=actor, proposal=factory.judged(proposal))
    assert factory.fresh(proposal).state == ProposalState.FROZEN


def test_a_round_is_held_to_the_minimum_of_the_day_it_opened(clock):
    first = factory.judged(factory.reviewed(clock))
    later = now().date() + dt.timedelta(days=1)
    ReviewMinimum.objects.update(valid_until_date=later)
    ReviewMinimum.objects.create(valid_from_date=later, verdicts=2, source="A resolution.")
    clock.advance("2 days")
    text_freeze(actor=factory.clerk(), proposal=first)

    second = factory.judged(factory.reviewed(clock))
    with pytest.raises(errors.ReviewUnanswered):
        text_freeze(actor=factory.clerk(), proposal=second)

    assert factory.fresh(second).state == ProposalState.REVIEW


@pytest.mark.parametrize("matter", ["proposal", "origin", "rule"])
def test_who_declared_an_interest_by_a_code_does_not_review_the_proposal(matter, clock):
    author, rule = make.actor(make.person()), factory.adopted(clock).enacted.rule
    proposal = proposal_start(
        actor=author,
        kind=StatuteKind.POLICY,
        draft=factory.draft(),
        follows=rule,
        origin_ref=code("C", 12),
    )
    proposal_submit(actor=author, proposal=proposal)
    consultation_open(actor=factory.clerk(), proposal=proposal)
    clock.advance("31 days")
    proposals_turn()
    person = make.person("Bina Das")
    named = {"proposal": proposal.code, "origin": code("C", 12), "rule": rule.code}[matter]
    conflict_declare(actor=make.actor(person), interest="A brother.", matter=named)

    with pytest.raises(ReviewerConflicted):
        reviews.assignment(factory.fresh(proposal).round, person)
