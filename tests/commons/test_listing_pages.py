"""The page of a listing and of a provider."""

import pytest
from django.test import Client

from apps.commons.selectors.lineage import lineage_of
from apps.compliance.services.reassessing import reassess
from apps.listings.readers import ParentDraft
from apps.policy.engine import Outcome
from apps.policy.states import RuleMode
from apps.reactions.runner import settle
from tests.factories import listings, policy

pytestmark = pytest.mark.django_db


def test_listing_says_its_standing_with_the_clause(client: Client) -> None:
    listing = listings.listing(has_model_card=False)
    version = policy.entered(policy.rule_draft(jurisdictions=[], outcome=Outcome.SUSPEND))
    reassess()

    page = client.get(f"/listings/{listing.code}/").content.decode()

    assert '<span class="outcome outcome--suspended">Suspended</span>' in page
    assert f"/rules/{version.rule.code}/v1/#clause-1" in page
    assert f"Rule {version.rule.number} §1 v1" in page


def test_rule_that_only_warns_is_shown_as_what_would_be(client: Client) -> None:
    listing = listings.listing(has_model_card=False)
    policy.entered(policy.rule_draft(jurisdictions=[], mode=RuleMode.WARN))
    reassess()

    page = client.get(f"/listings/{listing.code}/").content.decode()

    assert '<span class="outcome outcome--allowed">Allowed</span>' in page
    assert "Would be suspended" in page


def test_history_leads_to_the_acts(client: Client) -> None:
    listing = listings.listing()
    settle()

    page = client.get(f"/listings/{listing.code}/").content.decode()

    assert "A model was listed" in page
    assert 'href="/acts/' in page


def test_lineage_shows_parents_and_children() -> None:
    base = listings.listing(name="Base", external_id="base")
    child = listings.listing(
        name="Child", parents=(ParentDraft(base.external_id, "weights", "fine-tune", ""),)
    )

    up, down = lineage_of(child), lineage_of(base)

    assert [edge.parent_id for edge in up.ancestors] == [base.pk]
    assert [edge.child.listing_id for edge in down.children] == [child.pk]
    assert {label.name for label in down.labels} == {"Base", "Child"}
    assert [label.name for label in down.labels if label.here] == ["Base"]


def test_many_children_fit_the_picture_and_all_stand_in_the_table() -> None:
    base = listings.listing(name="Base", external_id="base")
    for number in range(9):
        parent = ParentDraft(base.external_id, "weights", "", "")
        listings.listing(name=f"Child {number}", parents=(parent,))

    lineage = lineage_of(base)

    assert len(lineage.edges) == 9
    assert len(lineage.labels) == 7
    assert "4 more" in {label.name for label in lineage.labels}


def test_page_costs_the_same_however_much_it_shows(
    client: Client, django_assert_max_num_queries
) -> None:
    base = listings.listing(name="Base", external_id="base", has_model_card=False)
    for number in range(6):
        parent = ParentDraft(base.external_id, "weights", "", "")
        listings.listing(name=f"Child {number}", parents=(parent,))
    policy.entered(policy.rule_draft(jurisdictions=[]))
    reassess()
    settle()

    with django_assert_max_num_queries(27):
        client.get(f"/listings/{base.code}/")


def test_unknown_listing_is_told(client: Client) -> None:
    code = listings.listing().code
    wrong = code[:-1] + ("A" if code[-1] != "A" else "B")

    mistyped = client.get(f"/listings/{wrong}/")
    strange = client.get("/listings/nothing/")

    assert mistyped.status_code == strange.status_code == 400
    assert b"This reference code has a typing mistake." in mistyped.content


def test_provider_says_whether_it_is_claimed_and_lists_its_models(client: Client) -> None:
    listing = listings.listing(name="BLOOMZ", provider="BigScience")

    page = client.get(f"/providers/{listing.provider.slug}/").content.decode()

    assert "Unclaimed" in page
    assert "BLOOMZ" in page


def test_unknown_provider_is_told(client: Client) -> None:
    answer = client.get("/providers/nobody/")

    assert answer.status_code == 404
    assert b"There is nothing here." in answer.content
