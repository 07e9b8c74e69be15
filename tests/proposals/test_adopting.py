import datetime as dt

import pytest

from apps.compliance.services import reassess
from apps.core.clock import now
from apps.institutions.offices import Office
from apps.institutions.sectors import Sector
from apps.journal.models import RecordedAct
from apps.policy.engine import Mode
from apps.policy.errors import RuleRefused
from apps.policy.models import RuleVersion
from apps.policy.services import rules_turn
from apps.proposals import errors
from apps.proposals.models import Impact, Revision
from apps.proposals.services import (
    appeal_decide,
    ballot_call,
    comment_post,
    comment_remove,
    proposal_conclude,
    proposal_submit,
    proposal_withdraw,
    proposals_turn,
    removal_appeal,
    review_open,
    revision_add,
    text_freeze,
)
from apps.proposals.states import CommentState, ProposalState
from apps.reactions.runner import settle
from apps.reviews.services import reviewer_assign, round_close, verdict_give
from apps.reviews.states import RoundState, VerdictKind
from apps.voting.states import Choice
from tests.factories import institutions as make
from tests.factories import listings, policy, voting
from tests.factories import proposals as factory

pytestmark = pytest.mark.django_db


def test_what_three_chambers_adopt_becomes_the_rule_that_the_impact_showed(clock):
    texts, _faces = listings.listing(), listings.listing(task="emotion-recognition")
    reassess()
    terms = voting.chambers()
    proposal = factory.balloting(clock)

    proposal = factory.voted(proposal, clock, terms, Choice.YES)

    assert proposal.state == ProposalState.ADOPTED
    version = proposal.enacted
    assert (version.origin_ref, version.expression) == (proposal.code, factory.TEXTS)
    assert version.effective_at - now() > dt.timedelta(days=13)
    assert proposal.freeze.impact.changed == [texts.pk]
    before = set(RecordedAct.objects.values_list("id", flat=True))
    clock.advance("16 days")
    rules_turn()
    settle()
    acts = RecordedAct.objects.exclude(id__in=before).filter(kind="compliance.standings.changed")
    assert [act.payload["listings"] for act in acts] == [[str(texts.pk)]]


def test_concluding_twice_enacts_once(clock):
    terms = voting.chambers()
    proposal = factory.voted(factory.balloting(clock), clock, terms, Choice.YES)

    proposal_conclude(actor=make.actor(proposal.author), ballot=proposal.ballot)

    assert RuleVersion.objects.filter(origin_ref=proposal.code).count() == 1


def test_what_a_chamber_refuses_is_no_rule(clock):
    terms = voting.chambers()

    proposal = factory.voted(factory.balloting(clock), clock, terms, Choice.NO)

    assert proposal.state == ProposalState.DEFEATED
    assert not RuleVersion.objects.exists()


def test_without_quorum_there_is_no_rule(clock):
    voting.chambers()

    proposal = factory.voted(factory.balloting(clock), clock, {}, Choice.YES)

    assert proposal.state == ProposalState.NO_QUORUM
    assert not RuleVersion.objects.exists()


def test_a_text_that_does_not_compile_is_not_submitted():
    proposal = factory.started(expression="listing.nonsense == 3")

    with pytest.raises(RuleRefused):
        proposal_submit(actor=make.actor(proposal.author), proposal=proposal)

    assert factory.fresh(proposal).state == ProposalState.DRAFT
    assert not Impact.objects.exists()


def test_a_consultation_is_never_shortened_and_ends_by_itself(clock):
    proposal = factory.consulted()
    with pytest.raises(errors.ConsultationRuns):
        review_open(actor=factory.clerk(), proposal=proposal)

    clock.advance("31 days")

    assert (proposals_turn(), proposals_turn()) == (1, 0)
    proposal = factory.fresh(proposal)
    assert (proposal.state, proposal.round.state) == (ProposalState.REVIEW, RoundState.OPEN)
    assert proposal.round.concerned_people == [proposal.author_id]


def test_what_nobody_moves_on_lapses(clock):
    proposal = factory.submitted()

    clock.advance("92 days")
    proposals_turn()

    assert factory.fresh(proposal).state == ProposalState.LAPSED


def test_a_text_is_frozen_only_after_the_round_and_without_a_block(clock):
    proposal = factory.reviewed(clock)
    with pytest.raises(errors.ReviewRuns):
        text_freeze(actor=factory.clerk(), proposal=proposal)
    reviewer, clerk = make.person("Bina Das"), factory.clerk()
    task = reviewer_assign(actor=clerk, review_round=proposal.round, reviewer=reviewer)
    actor = make.actor(reviewer)
    verdict_give(actor=actor, assignment=task, kind=VerdictKind.BLOCK, reasons="Too wide.")
    round_close(actor=clerk, review_round=proposal.round)

    with pytest.raises(errors.ReviewBlocks):
        text_freeze(actor=clerk, proposal=factory.fresh(proposal))

    assert factory.fresh(proposal).state == ProposalState.REVIEW


def test_another_text_under_review_goes_back_to_consultation(clock):
    proposal = factory.reviewed(clock)
    old_round, author = proposal.round, make.actor(proposal.author)

    revision_add(actor=author, proposal=proposal, draft=factory.draft(title="Models that write"))

    proposal = factory.fresh(proposal)
    old_round.refresh_from_db()
    assert (proposal.state, proposal.round) == (ProposalState.CONSULTATION, None)
    assert old_round.state == RoundState.CLOSED
    assert proposal.due_at - now() > dt.timedelta(days=29)


def test_the_same_text_again_is_no_news():
    proposal = factory.submitted()

    revision_add(actor=make.actor(proposal.author), proposal=proposal, draft=factory.draft())

    assert Revision.objects.count() == 1


def test_the_frozen_text_stays_and_the_ballot_is_about_it(clock):
    proposal = factory.balloting(clock)

    with pytest.raises(errors.TextSettled):
        revision_add(
            actor=make.actor(proposal.author), proposal=proposal, draft=factory.draft(title="New")
        )

    freeze = proposal.freeze
    assert proposal.ballot.text_hash == freeze.digest
    assert freeze.text_hash == freeze.revision.text_hash
    assert freeze.snapshot_hash == freeze.impact.snapshot


def test_a_rule_that_would_end_before_it_begins_is_not_put_to_the_vote(clock):
    proposal = factory.frozen(clock, sunset_at=now() + dt.timedelta(days=50))

    with pytest.raises(RuleRefused):
        ballot_call(actor=factory.clerk(), proposal=proposal)

    assert factory.fresh(proposal).ballot is None


def test_a_withdrawn_proposal_closes_its_round(clock):
    proposal = factory.reviewed(clock)
    author = make.actor(proposal.author)

    proposal_withdraw(actor=author, proposal=proposal, reason="A better one came.")

    proposal = factory.fresh(proposal)
    assert (proposal.state, proposal.round.state) == (ProposalState.WITHDRAWN, RoundState.CLOSED)


def test_comments_are_taken_in_consultation_only_until_its_last_instant(clock):
    early, proposal = factory.submitted(), factory.consulted()
    writer = make.actor(make.person("Bina Das"))
    comment_post(actor=writer, proposal=proposal, text="Too wide.", clause=1)

    clock.advance("31 days")

    for late in (early, proposal):
        with pytest.raises(errors.CommentsClosed):
            comment_post(actor=writer, proposal=late, text="And late.")
    assert proposal.revisions.get().comments.count() == 1


def test_who_removed_a_comment_does_not_decide_the_appeal():
    proposal, both = factory.consulted(), make.officer(Office.CLERK)
    writer = make.actor(make.person("Bina Das"))
    make.officer(Office.CHAIR, sector=Sector.SAMAJ, user=both)
    comment = comment_post(actor=writer, proposal=proposal, text="Too wide.")
    comment_remove(actor=make.actor(both), comment=comment, reason="Off the matter.")
    removal_appeal(actor=writer, comment=comment, reason="It is on the matter.")

    with pytest.raises(errors.SameOfficer):
        appeal_decide(actor=make.actor(both), comment=comment, restore=True, reason="Hm.")
    chair = make.actor(make.officer(Office.CHAIR, sector=Sector.SARKAR))
    decided = appeal_decide(actor=chair, comment=comment, restore=True, reason="It is.")

    assert decided.state == CommentState.RESTORED


def test_a_text_that_a_standing_rule_already_says_is_not_submitted():
    standing = policy.entered(policy.rule_draft(factory.TEXTS, jurisdictions=[]))
    proposal = factory.started()

    with pytest.raises(RuleRefused) as refused:
        proposal_submit(actor=make.actor(proposal.author), proposal=proposal)

    [fault] = refused.value.draft_faults
    assert standing.rule.code in str(fault.reason)


def test_a_rule_entered_meanwhile_holds_a_freeze_but_not_an_adoption(clock):
    terms = voting.chambers()
    called = factory.balloting(clock)
    reviewed = factory.judged(factory.reviewed(clock, mode=Mode.WARN))
    policy.entered(policy.rule_draft(factory.TEXTS, jurisdictions=[]))

    with pytest.raises(RuleRefused):
        text_freeze(actor=make.actor(reviewed.author), proposal=reviewed)

    assert factory.voted(called, clock, terms, Choice.YES).state == ProposalState.ADOPTED
