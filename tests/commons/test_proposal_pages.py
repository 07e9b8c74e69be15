"""Proposals in the hall: what everyone reads."""

import datetime as dt
import re

import pytest
from django.test import Client

from apps.compliance.services import reassess
from apps.core.clock import now
from apps.policy.services import ClauseDraft
from apps.policy.states import RuleMode
from apps.proposals.models import Comment, Proposal
from apps.proposals.services import (
    comment_post,
    proposals_turn,
    revision_add,
)
from apps.proposals.states import ProposalState
from apps.reactions.runner import settle
from tests.authorisation.roles import signed_in
from tests.factories import institutions as make
from tests.factories import listings
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


@pytest.mark.parametrize("state", list(ProposalState)[1:])
def test_a_proposal_has_a_page_in_every_state(state, clock):
    listings.listing()
    proposal = factory.in_state(state, clock)

    text = page(proposal)

    assert proposal.state == state
    assert f'<span class="tag">{state.label}</span>' in text
    assert f'href="/api/v1/proposals/{proposal.code}"' in text
    assert deeds(text) == set()


def test_the_list_is_filtered_by_state_word_and_code(client):
    first = factory.submitted(title="Cards for speech models")
    second = factory.consulted(title="Names of testers", summary="It says who tested.")
    factory.started(title="A draft of cards")

    def titles(query: str) -> list[str]:
        return [row.title for row in client.get(f"/proposals/?{query}").context["page"].rows]

    assert titles("") == [second.title, first.title]
    assert titles("q=cards") == [first.title]
    assert titles("q=who+tested") == [second.title]
    assert titles(f"q={second.code.lower()}") == [second.title]
    assert titles("state=submitted") == [first.title]
    assert titles("state=submitted&q=names") == []
    assert titles("state=nonsense") == [second.title, first.title]


def test_the_list_says_so_where_nothing_is_or_nothing_fits(client):
    assert "No proposal has been submitted yet" in client.get("/proposals/").content.decode()

    factory.submitted()

    assert "No proposal fits" in client.get("/proposals/?q=zebra").content.decode()


def test_the_list_asks_as_much_for_many_proposals_as_for_one(django_assert_num_queries):
    client = Client()
    factory.submitted()
    with django_assert_num_queries(4):
        client.get("/proposals/")

    for _ in range(6):
        factory.consulted()
    with django_assert_num_queries(4):
        client.get("/proposals/")


def test_the_page_asks_as_much_for_many_comments_as_for_one(django_assert_num_queries):
    proposal, client = factory.consulted(), Client()
    said(proposal)
    with django_assert_num_queries(11):
        client.get(f"/proposals/{proposal.code}/")

    for clause in (None, 1, 1, 1):
        said(proposal, clause=clause)
    with django_assert_num_queries(11):
        client.get(f"/proposals/{proposal.code}/")


def test_only_its_author_finds_a_draft():
    proposal = factory.started(title="Not yet for others")
    own, other = signed_in(proposal.author), signed_in(make.person("Bina Das"))

    assert proposal.title in own.get("/proposals/").content.decode()
    assert proposal.title not in other.get("/proposals/").content.decode()
    assert other.get(f"/proposals/{proposal.code}/").status_code == 404
    assert own.get(f"/proposals/{proposal.code}/").status_code == 200


def test_a_draft_says_what_stands_in_its_way():
    proposal = factory.started(expression="listing.taks == 'a'")

    text = page(proposal, signed_in(proposal.author))

    assert "It cannot be submitted yet" in text
    assert "Line 1, column 1: listing.taks is not in the vocabulary." in text
    assert "Did you mean listing.task?" in text


def test_the_impact_is_a_picture_with_its_table_and_names_who_changes(clock):
    writer, other = listings.listing(), listings.listing(task="emotion-recognition")
    reassess()

    text = page(factory.submitted())

    assert "1 of 2 listings would stand otherwise." in text
    assert 'aria-label="Allowed: 2 → 1, Suspended: 0 → 1"' in text
    assert f'href="/listings/{writer.code}/"' in text
    assert f'href="/listings/{other.code}/"' not in text
    assert "Not assessed" not in text


def test_the_impact_says_whom_it_hits_and_flags_a_rule_that_punishes_disclosure(clock):
    listings.write(*[listings.draft(params_b=80.0, human_oversight=True) for _ in range(6)])
    listings.write(*[listings.draft() for _ in range(6)])
    reassess()

    text = page(factory.submitted(expression="has(listing.params_b) && listing.params_b > 10.0"))

    assert "This rule would punish disclosure." in text
    assert "Of listings with at least 3, 100 % would stand stricter (6 of 6)" in text
    assert "of the others 0 % (0 of 6)" in text
    assert 'aria-label="1: 0 %, 3: 100 %"' in text
    assert "Index of concentration (HHI)" in text


def test_a_rule_on_trial_is_shown_with_what_it_would_say(clock):
    listings.listing()
    reassess()

    text = page(factory.submitted(mode=RuleMode.WARN))

    assert "rules on trial counted" in text
    assert 'aria-label="Allowed: 1 → 0, Suspended: 0 → 1"' in text


def test_a_clause_stands_beside_its_expression_with_its_comments():
    clauses = [
        ClauseDraft(text="A model that writes text", expression=factory.TEXTS),
        ClauseDraft(text="is suspended."),
    ]
    proposal = factory.consulted(clauses=clauses)
    said(proposal, "Which texts?", clause=1)
    said(proposal, "On the whole, yes.")

    text, one = page(proposal), page(proposal, query="?clause=1")

    assert text.index("A model that writes text") < text.index("listing.task ==")
    assert "1 comment on §1" in text
    assert "Which texts?" in one
    assert "On the whole, yes." not in one


def test_an_adopted_proposal_leads_to_its_rule_and_the_rule_is_not_yet_in_force(clock):
    proposal = factory.adopted(clock)

    text = page(proposal)

    assert f'href="/rules/{proposal.enacted.rule.code}/v1/"' in text
    assert "The rule begins on" in text
    assert '<li class="next"><b>In force</b>' in text


def test_a_later_text_shows_word_by_word_what_changed():
    first = [ClauseDraft(text="A card within 30 days."), ClauseDraft(text="It is public.")]
    proposal = factory.submitted(clauses=first)
    later = [
        ClauseDraft(text="A card within 10 days."),
        ClauseDraft(text="In two languages."),
        ClauseDraft(text="It is public."),
    ]
    draft = factory.draft(clauses=later, title="Cards, soon")
    revision_add(actor=make.actor(proposal.author), proposal=proposal, draft=draft, note="Sooner.")

    text = Client().get(f"/proposals/{proposal.code}/revisions/2/").content.decode()

    assert "<del>30</del><ins>10</ins>" in text
    assert "<ins>In two languages.</ins>" in text
    assert '<h3>§3 <small class="soft">unchanged</small></h3>' in text
    assert "Sooner." in text
    assert "revision 2" in page(proposal)


def test_a_text_is_compared_with_any_before_it_and_the_first_stands_alone():
    proposal = factory.submitted()
    for title in ("Second", "Third"):
        draft = factory.draft(title=title)
        revision_add(actor=make.actor(proposal.author), proposal=proposal, draft=draft)
    at = f"/proposals/{proposal.code}/revisions"

    assert b"What changed since revision 2" in Client().get(f"{at}/3/").content
    assert b"What changed since revision 1" in Client().get(f"{at}/3/?against=1").content
    assert b"What changed since revision 2" in Client().get(f"{at}/3/?against=9").content
    assert b"The first text" in Client().get(f"{at}/1/").content
    assert Client().get(f"{at}/4/").status_code == 404


def test_an_act_about_a_proposal_leads_to_its_page_and_a_draft_to_none():
    factory.started()
    proposal = factory.submitted()
    settle()

    text = Client().get("/acts/").content.decode()

    assert set(re.findall(r'href="/proposals/(P-[^/]+)/"', text)) == {proposal.code}


def test_the_search_leads_to_a_proposal_by_its_code(client):
    code = factory.submitted().code

    assert client.get(f"/search/?q={code}").url == f"/proposals/{code}/"


def test_turning_time_moves_the_page_on(clock):
    proposal = factory.consulted()
    clock.advance("31 days")
    proposals_turn()

    text = page(proposal)

    assert factory.fresh(proposal).round.opened_at - now() < dt.timedelta(minutes=1)
    assert "Reviewers look at the text." in text
