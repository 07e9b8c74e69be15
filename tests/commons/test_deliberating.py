"""What each may do with a proposal from its page."""

import re

import pytest
from django.test import Client

from apps.core.actor import SYSTEM
from apps.institutions.offices import Office
from apps.institutions.sectors import Sector
from apps.proposals.models import Comment, Proposal
from apps.proposals.services import (
    comment_post,
    comment_remove,
)
from apps.proposals.states import CommentState, ProposalState
from apps.reviews.services import reviewer_assign, round_close, verdict_give
from apps.reviews.states import VerdictKind
from tests.authorisation.roles import signed_in
from tests.factories import institutions as make
from tests.factories import proposals as factory

pytestmark = pytest.mark.django_db


def page(proposal: Proposal, client: Client | None = None, query: str = "") -> str:
    answer = (client or Client()).get(f"/proposals/{proposal.code}/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def deeds(text: str) -> set[str]:
    """The addresses below the proposal's own that the page's forms and links lead to."""
    found = re.findall(r'(?:action|href)="/proposals/P-[^/]+/([a-z]+)/[^"]*"', text)
    return set(found) - {"revisions"}


def said(proposal: Proposal, text: str = "Too wide.", clause: int | None = None) -> Comment:
    writer = make.actor(make.person("Bina Das"))
    return comment_post(actor=writer, proposal=proposal, text=text, clause=clause)


OFFERED = {
    ("author", ProposalState.DRAFT): {"submit", "edit", "withdraw"},
    ("author", ProposalState.SUBMITTED): {"edit", "withdraw"},
    ("author", ProposalState.CONSULTATION): {"edit", "withdraw", "comments"},
    ("author", ProposalState.REVIEW): {"edit", "withdraw"},
    ("author", ProposalState.FROZEN): {"withdraw"},
    ("author", ProposalState.BALLOTING): {"withdraw"},
    ("author", ProposalState.ADOPTED): set(),
    ("clerk", ProposalState.SUBMITTED): {"consultation", "follow"},
    ("clerk", ProposalState.CONSULTATION): {"comments", "follow"},
    ("clerk", ProposalState.REVIEW): {"follow"},
    ("clerk", ProposalState.FROZEN): {"ballot", "follow"},
    ("clerk", ProposalState.BALLOTING): {"follow"},
    ("stranger", ProposalState.SUBMITTED): {"follow"},
    ("stranger", ProposalState.CONSULTATION): {"comments", "follow"},
    ("stranger", ProposalState.FROZEN): {"follow"},
    ("stranger", ProposalState.ADOPTED): set(),
}


@pytest.mark.parametrize(("who", "state"), OFFERED)
def test_each_finds_only_the_steps_that_are_theirs(who, state, clock):
    proposal = factory.in_state(state, clock)
    people = {
        "author": lambda: proposal.author,
        "clerk": lambda: make.officer(Office.CLERK),
        "stranger": lambda: make.person("Bina Das"),
    }

    assert deeds(page(proposal, signed_in(people[who]()))) == OFFERED[who, state]


def test_a_person_comments_from_the_page_and_loses_no_words():
    proposal, client = factory.consulted(), signed_in(make.person("Bina Das"))
    address = f"/proposals/{proposal.code}/comments/"

    refused = client.post(address, {"text": " ", "clause": "7"})
    answer = client.post(address, {"text": "Too wide.", "clause": "1"}, follow=True)

    assert refused.status_code == 400
    assert "7" in refused.content.decode()
    assert answer.redirect_chain == [(f"/proposals/{proposal.code}/", 302)]
    assert "Your comment is on the page." in answer.content.decode()
    assert [(row.text, row.clause) for row in Comment.objects.all()] == [("Too wide.", 1)]


def test_a_comment_after_the_end_is_told_why_and_kept_in_its_field(clock):
    proposal, client = factory.consulted(), signed_in(make.person("Bina Das"))
    clock.advance("31 days")

    answer = client.post(f"/proposals/{proposal.code}/comments/", {"text": "A late thought."})

    assert answer.status_code == 400
    assert "This proposal takes no comments now." in answer.content.decode()
    assert "A late thought.</textarea>" in answer.content.decode()
    assert Comment.objects.count() == 0


def test_a_removed_comment_keeps_its_place_reason_and_count_without_its_words():
    proposal, clerk = factory.consulted(), make.officer(Office.CLERK)
    comment, author = said(proposal, "Rude words."), Comment.objects.get().author
    address = f"/proposals/{proposal.code}/comments/{comment.pk}"
    signed_in(clerk).post(f"{address}/removal/", {"reason": "It threatens a person."})

    text = page(proposal)
    own = page(proposal, signed_in(author))

    assert "Rude words." not in text
    assert "It threatens a person." in text
    assert "1 comment, 1 of them removed." in text
    assert "Removed: 1." in text
    assert "Rude words." in own
    assert f"{address}/appeal/" in own
    assert f"{address}/appeal/" not in text


def test_an_appeal_goes_to_a_chair_who_reads_the_words_and_decides_from_the_page():
    proposal = factory.consulted()
    comment, author = said(proposal, "Sharp words."), Comment.objects.get().author
    comment_remove(actor=factory.clerk(), comment=comment, reason="Off the matter.")
    address = f"/proposals/{proposal.code}/comments/{comment.pk}"
    chair = signed_in(make.officer(Office.CHAIR, sector=Sector.SAMAJ))

    signed_in(author).post(f"{address}/appeal/", {"reason": "It is on the matter."})
    before = page(proposal, chair)
    chair.post(f"{address}/decision/", {"restore": "yes", "reason": "It is."})

    assert "Sharp words." in before
    assert f"{address}/decision/" in before
    assert Comment.objects.get().state == CommentState.RESTORED
    assert "Sharp words." in page(proposal)


def test_a_reason_that_is_missing_is_asked_for_beside_its_comment():
    proposal, clerk = factory.consulted(), signed_in(make.officer(Office.CLERK))
    comment = said(proposal)

    answer = clerk.post(f"/proposals/{proposal.code}/comments/{comment.pk}/removal/", {})

    assert answer.status_code == 400
    assert f'id="id_{comment.pk}_reason"' in answer.content.decode()
    assert Comment.objects.get().state == CommentState.POSTED


def test_the_way_from_draft_to_ballot_is_walked_from_the_page(clock):
    proposal = factory.started()
    author, clerk = signed_in(proposal.author), signed_in(make.officer(Office.CLERK))
    address = f"/proposals/{proposal.code}"

    author.post(f"{address}/submit/")
    clerk.post(f"{address}/consultation/")
    clock.advance("31 days")
    author.post(f"{address}/review/")
    round_close(actor=SYSTEM, review_round=factory.fresh(proposal).round)
    assert "ended with too few verdicts" in page(proposal, author)
    assert author.post(f"{address}/freeze/").status_code == 409
    author.post(f"{address}/another-review/")
    factory.judged(factory.fresh(proposal))
    author.post(f"{address}/freeze/")
    clerk.post(f"{address}/ballot/")

    text = page(proposal)
    proposal = factory.fresh(proposal)
    assert proposal.state == ProposalState.BALLOTING
    assert f'href="/ballots/{proposal.ballot.code}/"' in text
    assert proposal.ballot.text_hash in text


def test_what_has_to_come_first_is_said_instead_of_a_button(clock):
    proposal = factory.reviewed(clock)
    author = signed_in(proposal.author)
    assert "The review round is still open." in page(proposal, author)
    reviewer = make.person("Bina Das")
    asked = reviewer_assign(actor=SYSTEM, review_round=proposal.round, reviewer=reviewer)
    verdict_give(
        actor=make.actor(reviewer), assignment=asked, kind=VerdictKind.BLOCK, reasons="It harms."
    )
    round_close(actor=SYSTEM, review_round=proposal.round)

    text = page(proposal, author)

    assert "A reviewer blocked this text, with reasons." in text
    assert "It harms." in text
    assert "freeze" not in deeds(text)


def test_a_step_that_is_refused_says_why():
    proposal = factory.submitted()

    answer = signed_in(proposal.author).post(f"/proposals/{proposal.code}/consultation/")

    assert answer.status_code == 403
    assert "A clerk opens the consultation." in answer.content.decode()


def test_the_author_withdraws_with_a_reason_that_everyone_reads():
    proposal = factory.submitted()
    client = signed_in(proposal.author)
    address = f"/proposals/{proposal.code}/withdraw/"

    refused = client.post(address, {"reason": ""})
    client.post(address, {"reason": "A better one came."})

    assert refused.status_code == 400
    assert factory.fresh(proposal).state == ProposalState.WITHDRAWN
    assert "A better one came." in page(proposal)


def test_a_form_far_down_the_list_leads_back_to_the_same_stretch():
    proposal = factory.consulted()
    said(proposal, clause=1)

    text = page(proposal, signed_in(make.officer(Office.CLERK)), "?clause=1&comments=")

    assert '/removal/?clause=1&amp;comments="' in text


def test_a_draft_with_faults_offers_no_button_that_would_fail():
    proposal = factory.started(summary="")

    text = page(proposal, signed_in(proposal.author))

    assert "The proposal has no summary." in text
    assert deeds(text) == {"edit", "withdraw"}
