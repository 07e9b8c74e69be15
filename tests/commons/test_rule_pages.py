"""The gazette and the page of a rule."""

import datetime as dt

import pytest
from django.test import Client

from apps.compliance.services.reassessing import reassess
from apps.core.clock import now
from apps.policy.services import ClauseDraft
from apps.policy.states import RuleMode
from apps.reactions.runner import settle
from tests.factories import listings, policy

pytestmark = pytest.mark.django_db


def titles(client: Client, query: str) -> list[str]:
    return [row.title for row in client.get(f"/rules/?{query}").context["page"].rows]


def test_gazette_shows_what_is_in_force_unless_asked_otherwise(client: Client) -> None:
    policy.entered(policy.rule_draft(title="Running"))
    later = now() + dt.timedelta(days=30)
    policy.entered(policy.rule_draft(policy.other(0), title="Coming", effective_at=later))

    assert titles(client, "") == ["Running"]
    assert titles(client, "state=scheduled") == ["Coming"]
    assert sorted(titles(client, "state=")) == ["Coming", "Running"]


def test_gazette_is_searched_by_word_use_and_place(client: Client) -> None:
    policy.entered(policy.rule_draft(title="Cards in India", jurisdictions=["IN"]))
    policy.entered(policy.rule_draft(title="Union rule", jurisdictions=["EU"], uses=["medical"]))

    assert titles(client, "q=cards") == ["Cards in India"]
    assert titles(client, "place=FR") == ["Union rule"]
    assert titles(client, "use=finance") == ["Cards in India"]


def test_strange_filter_is_told_and_the_rest_is_shown(client: Client) -> None:
    policy.entered(policy.rule_draft(title="Running"))

    answer = client.get("/rules/?kind=decree&q=running")

    assert b'role="alert"' in answer.content
    assert [row.title for row in answer.context["page"].rows] == ["Running"]


def test_rule_shows_each_clause_beside_what_runs(client: Client) -> None:
    clauses = [
        ClauseDraft(text="It has no card.", expression="!listing.has_model_card"),
        ClauseDraft(text="It is not offered."),
    ]
    version = policy.entered(policy.rule_draft(clauses=clauses))

    page = client.get(f"/rules/{version.rule.code}/").content.decode()

    assert page.index("It has no card.") < page.index("!listing.has_model_card")
    assert 'id="clause-1"' in page
    assert 'id="clause-2"' in page


def test_new_version_shows_what_changed_and_the_old_one_stays(client: Client) -> None:
    first = policy.entered(policy.rule_draft(clauses=[ClauseDraft(text="A card within 30 days.")]))
    draft = policy.rule_draft(clauses=[ClauseDraft(text="A card within 10 days.")])
    second = policy.entered(draft, rule=first.rule)

    newest = client.get(f"/rules/{first.rule.code}/").content.decode()
    oldest = client.get(f"/rules/{first.rule.code}/v1/").content.decode()

    assert second.number == 2
    assert "<del>30</del><ins>10</ins>" in newest
    assert "A card within 30 days." in oldest


def test_new_version_says_what_changed_beside_the_text(client: Client) -> None:
    first = policy.entered(policy.rule_draft(mode=RuleMode.ADVISE))
    policy.entered(policy.rule_draft(mode=RuleMode.WARN), rule=first.rule)

    page = client.get(f"/rules/{first.rule.code}/").content.decode()

    assert "Mode: Advise → Warn" in page


def test_rule_tells_its_history(client: Client) -> None:
    version = policy.entered()
    settle()

    page = client.get(f"/rules/{version.rule.code}/").content.decode()

    assert "A rule was entered" in page
    assert "A rule came into force" in page


def test_rule_and_gazette_cost_the_same_however_many(
    client: Client, django_assert_num_queries
) -> None:
    for number in range(3):
        version = policy.entered(policy.rule_draft(policy.other(number), title=f"Rule {number}"))
    with django_assert_num_queries(7):
        client.get("/rules/")
    for number in range(5):
        version = policy.entered(
            policy.rule_draft(policy.other(9 + number), title=f"Rule 1{number}")
        )
    with django_assert_num_queries(7):
        client.get("/rules/")
    assert client.get(f"/rules/{version.rule.code}/").status_code == 200


def test_unknown_rule_and_version_are_told(client: Client) -> None:
    version = policy.entered()

    assert client.get(f"/rules/{version.rule.code}/v9/").status_code == 404
    assert client.get("/rules/R-99999-A/").status_code in {400, 404}


def test_rule_names_the_listings_it_touches(client: Client) -> None:
    bare = listings.listing(name="Bare", has_model_card=False)
    listings.listing(name="Carded", has_model_card=True)
    version = policy.entered()
    reassess()

    page = client.get(f"/rules/{version.rule.code}/").content.decode()

    assert "1 listing falls under it now." in page
    assert f"/listings/{bare.code}/" in page
    assert "Carded" not in page
