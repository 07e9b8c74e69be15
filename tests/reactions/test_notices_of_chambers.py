"""Who hears of reviews, proposals and ballots."""

import pytest

from apps.institutions.models import User
from apps.institutions.offices import Office
from apps.institutions.sectors import Sector
from apps.notices.models import Notice
from apps.notices.states import NoticeKind as Kind
from apps.proposals.models import Comment
from apps.proposals.services import (
    appeal_decide,
    comment_post,
    comment_remove,
    follow_begin,
    follow_end,
    proposal_withdraw,
    removal_appeal,
)
from apps.reactions.runner import settle
from apps.voting.models import Ballot
from apps.voting.services import ballot_annul, recusal_declare
from apps.voting.states import Choice, Interest
from tests.factories import institutions, listings, proposals, voting
from tests.reactions.inboxes import leads, people_told, the, title

pytestmark = pytest.mark.django_db
SYSTEM = proposals.SYSTEM


def commenter(proposal) -> User:
    person = institutions.person("Ravi Iyer")
    comment_post(actor=institutions.actor(person), proposal=proposal, text="Too wide.")
    return person


def test_clerks_hear_of_a_submitted_proposal():
    clerk = institutions.officer(Office.CLERK)
    proposal = proposals.submitted()

    settle()

    assert clerk.pk in people_told(Kind.PROPOSAL_SUBMITTED)
    notice = the(Kind.PROPOSAL_SUBMITTED, clerk)
    assert notice.due_at == proposals.fresh(proposal).due_at
    assert leads(notice) == 200


def test_a_draft_is_told_nobody():
    institutions.officer(Office.CLERK)
    proposal = proposals.started()

    proposal_withdraw(
        actor=institutions.actor(proposal.author), proposal=proposal, reason="Not yet."
    )
    settle()

    about = Notice.objects.filter(kind__in=[Kind.PROPOSAL_SUBMITTED, Kind.PROPOSAL_WITHDRAWN])
    assert about.count() == 0


def test_author_and_companies_whose_listings_would_change_hear_of_a_consultation():
    company, other = institutions.organisation(), institutions.organisation("Bodhi Systems")
    owner, far = institutions.owner_of(company), institutions.owner_of(other)
    mine = institutions.actor(owner)
    for _number in range(2):
        listings.listing(actor=mine, organisation=company, task="text-generation")
    listings.listing(actor=institutions.actor(far), organisation=other, task="image-classification")
    settle()

    proposal = proposals.consulted()
    settle()

    assert people_told(Kind.CONSULTATION_OPENED) == {proposal.author_id}
    assert people_told(Kind.CONSULTATION_CONCERNS) == {owner.pk}
    notice = the(Kind.CONSULTATION_CONCERNS)
    assert title(notice).startswith("A proposal would change how 2 of your listings stand: ")
    assert notice.due_at == proposals.fresh(proposal).due_at
    assert leads(notice) == 200


def test_author_and_commenters_follow_a_proposal_to_its_end(clock):
    for sector in Sector:
        institutions.seated(sector)
    clerk = institutions.officer(Office.CLERK)
    proposal = proposals.consulted()
    follower = commenter(proposal)
    both = {proposal.author_id, follower.pk}

    clock.advance("31 days")
    settle()
    assert people_told(Kind.CONSULTATION_ENDED) == both
    proposal = proposals.judged(proposals.fresh(proposal))
    proposals.text_freeze(actor=institutions.actor(proposal.author), proposal=proposal)
    settle()
    # The author froze it and knows.
    assert people_told(Kind.TEXT_FROZEN) == {follower.pk}
    assert clerk.pk in people_told(Kind.BALLOT_TO_CALL)
    proposals.ballot_call(actor=institutions.actor(clerk), proposal=proposal)
    settle()
    assert people_told(Kind.BALLOT_CALLED) == both
    clock.advance("60 days")
    settle()
    clock.advance("60 days")
    settle()

    assert people_told(Kind.PROPOSAL_CONCLUDED) == both
    notice = the(Kind.PROPOSAL_CONCLUDED, follower)
    assert title(notice) == f"The vote on {proposal.code} is counted: too few seats voted"
    assert leads(notice) == 200


def test_who_follows_a_proposal_hears_of_each_step_once(clock):
    clerk = institutions.officer(Office.CLERK)
    proposal = proposals.submitted()
    person, other = institutions.person("Zoya Khan"), institutions.person("Ravi Iyer")
    for one in (person, other, proposal.author):
        follow_begin(actor=institutions.actor(one), proposal=proposal)
    settle()

    proposals.consultation_open(actor=institutions.actor(clerk), proposal=proposal)
    settle()
    comment_post(actor=institutions.actor(person), proposal=proposal, text="Too wide.")
    clock.advance("28 days")
    settle()
    clock.advance("3 days")
    settle()

    assert people_told(Kind.CONSULTATION_FOLLOWED) == {person.pk, other.pk}
    assert people_told(Kind.CONSULTATION_OPENED) == {proposal.author_id}
    three = {proposal.author_id, person.pk, other.pk}
    assert people_told(Kind.CONSULTATION_ENDING) == people_told(Kind.CONSULTATION_ENDED) == three
    assert Notice.objects.filter(person=person).count() == 3
    notice = the(Kind.CONSULTATION_FOLLOWED, person)
    assert title(notice) == f"The consultation on {proposal.code} is open: {proposal.title}"
    assert leads(notice) == 200


def test_an_owner_who_follows_hears_only_that_own_listings_are_concerned():
    company = institutions.organisation()
    owner = institutions.actor(institutions.owner_of(company))
    listings.listing(actor=owner, organisation=company, task="text-generation")
    settle()
    proposal, clerk = proposals.submitted(), institutions.officer(Office.CLERK)
    follow_begin(actor=owner, proposal=proposal)

    proposals.consultation_open(actor=institutions.actor(clerk), proposal=proposal)
    settle()

    assert people_told(Kind.CONSULTATION_CONCERNS) == {owner.person}
    assert people_told(Kind.CONSULTATION_FOLLOWED) == set()


def test_who_follows_no_more_is_not_told(clock):
    proposal, actor = proposals.consulted(), institutions.actor(institutions.person())
    follow_begin(actor=actor, proposal=proposal)
    follow_end(actor=actor, proposal=proposal)

    clock.advance("31 days")
    settle()

    assert people_told(Kind.CONSULTATION_ENDED) == {proposal.author_id}


def test_who_can_still_do_something_is_reminded_three_days_before_a_step_ends(clock):
    clerk = institutions.officer(Office.CLERK)
    proposal = proposals.consulted()
    follower = commenter(proposal)
    both = {proposal.author_id, follower.pk}

    clock.advance("26 days")
    settle()
    assert people_told(Kind.CONSULTATION_ENDING) == set()
    clock.advance("3 days")
    settle()
    settle()
    assert people_told(Kind.CONSULTATION_ENDING) == both
    notice = the(Kind.CONSULTATION_ENDING, follower)
    assert notice.due_at == proposals.fresh(proposal).due_at
    clock.advance("2 days")
    settle()
    clock.advance("88 days")
    settle()
    assert people_told(Kind.AUTHOR_STEP_OWED) == {proposal.author_id}
    proposals.submitted()
    clock.advance("88 days")
    settle()

    assert clerk.pk in people_told(Kind.CLERK_STEP_OWED)
    assert leads(the(Kind.CLERK_STEP_OWED, clerk)) == 200


def test_commenters_hear_of_a_withdrawal_and_of_a_lapse(clock):
    withdrawn = proposals.consulted()
    first = commenter(withdrawn)
    author = institutions.actor(withdrawn.author)
    proposal_withdraw(actor=author, proposal=withdrawn, reason="Another way.")
    lapsing = proposals.reviewed(clock)

    clock.advance("120 days")
    settle()

    assert people_told(Kind.PROPOSAL_WITHDRAWN) == {first.pk}
    assert people_told(Kind.PROPOSAL_LAPSED) == {lapsing.author_id}


def test_a_removed_comment_is_told_to_its_author_and_its_appeal_to_chairs():
    proposal = proposals.consulted()
    person = commenter(proposal)
    comment = Comment.objects.get()
    comment_remove(actor=proposals.clerk(), comment=comment, reason="Off the matter.")
    chair = institutions.officer(Office.CHAIR, sector=Sector.SAMAJ)
    settle()

    assert people_told(Kind.COMMENT_REMOVED) == {person.pk}
    assert title(the(Kind.COMMENT_REMOVED)).endswith("was removed: Off the matter.")
    removal_appeal(actor=institutions.actor(person), comment=comment, reason="It is not.")
    settle()
    assert chair.pk in people_told(Kind.REMOVAL_APPEALED)
    appeal_decide(actor=institutions.actor(chair), comment=comment, restore=True, reason="Right.")
    settle()

    notice = the(Kind.REMOVAL_DECIDED)
    assert notice.person_id == person.pk
    assert title(notice).endswith("is shown again")


def open_ballot():
    terms = voting.chambers(2)
    return voting.opened(), [term for held in terms.values() for term in held]


def test_every_voting_seat_is_asked_to_vote():
    ballot, terms = open_ballot()
    institutions.seated(Sector.SAMAJ)

    settle()

    assert people_told(Kind.BALLOT_OPENED) == {term.user_id for term in terms}
    notice = the(Kind.BALLOT_OPENED, terms[0].user)
    assert notice.due_at == ballot.closes_at
    assert title(notice) == f"Ballot {ballot.code} is open: {ballot.question}"
    assert leads(notice) == 200


def test_seats_that_have_not_voted_are_reminded_once_on_the_last_day(clock):
    ballot, (voted, aside, *owing) = open_ballot()
    voting.marked(ballot, voted)
    recusal_declare(
        actor=institutions.actor(aside.user),
        ballot=ballot,
        interest=Interest.CLOSE_PERSON,
        reason="A cousin.",
    )

    days = (ballot.closes_at - ballot.opens_at).days
    clock.advance(f"{days - 2} days")
    settle()
    assert people_told(Kind.BALLOT_CLOSING) == set()
    clock.advance("30 hours")
    settle()
    settle()

    assert people_told(Kind.BALLOT_CLOSING) == {term.user_id for term in owing}
    assert Notice.objects.filter(kind=Kind.BALLOT_CLOSING).count() == len(owing)


def test_the_result_is_told_to_the_roll(clock):
    ballot, terms = open_ballot()
    for term in terms:
        voting.marked(ballot, term, Choice.YES)

    clock.advance("60 days")
    settle()

    assert people_told(Kind.BALLOT_CLOSED) == {term.user_id for term in terms}
    notice = the(Kind.BALLOT_CLOSED, terms[0].user)
    assert title(notice) == f"Ballot {ballot.code} is counted: carried by all three chambers"
    assert Ballot.objects.get().reminded_at is None


def test_a_ballot_called_off_is_told_to_the_roll():
    ballot, terms = open_ballot()
    ballot_annul(actor=SYSTEM, ballot=ballot, reason="The text was wrong.")

    settle()

    assert people_told(Kind.BALLOT_ANNULLED) == {term.user_id for term in terms}
