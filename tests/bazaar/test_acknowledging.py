import re

import pytest
from django.test import Client

from apps.compliance.models import Acknowledgement
from apps.reactions.runner import settle
from tests.factories import institutions, listings, markets, policy
from tests.sarkar.signing import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def listing():
    return listings.listing(name="Umbra")


@pytest.fixture
def market(listing):
    market = markets.bound(listing)
    policy.entered(policy.rule_draft('listing.task == "text-generation"', title="No more texts"))
    settle()
    return market


def test_what_is_owed_is_done_from_its_row_and_seen_by_all(market, listing, clock):
    browser = signed_in(institutions.owner_of(market.organisation), second_factor=False)
    path = f"/bazaar/marketplaces/{market.slug}/"
    public = f"/listings/{listing.code}/"
    text = browser.get(path).content.decode()
    assert "0 of 1 changes" in text
    assert "No more texts" in text
    assert "Applied by 0 of 1 marketplaces" in Client().get(public).content.decode()
    clock.advance("25 hours")
    assert "overdue" in Client().get(public).content.decode()
    assert "1 overdue" in browser.get(path).content.decode()
    row = re.search(r'name="id" value="([^"]+)"', text)[1]

    for kind in ("seen", "applied"):
        answer = browser.post(f"{path}acknowledge/", {"id": row, "kind": kind})
        assert (answer.status_code, answer.url) == (302, path)

    assert Acknowledgement.objects.get().state == "applied"
    assert "Nothing waits for it." in browser.get(path).content.decode()
    shown = Client().get(public).content.decode()
    assert "Applied by 1 of 1 marketplaces" in shown
    assert "done late" in shown


def test_what_cannot_be_read_changes_nothing(market):
    browser = signed_in(institutions.owner_of(market.organisation), second_factor=False)
    path = f"/bazaar/marketplaces/{market.slug}/acknowledge/"

    assert browser.post(path, {"id": "x", "kind": "applied"}).status_code == 400
    assert browser.post(path, {"kind": "applied"}).status_code == 400
    assert Acknowledgement.objects.get().state == "owed"


def test_a_rule_and_an_order_say_by_whom_they_are_applied(market, listing):
    rule = Acknowledgement.objects.get().listing.standings.get(outcome=3, until_at=None)
    code = rule.findings.get().rule_version.rule.code

    text = Client().get(f"/rules/{code}/").content.decode()

    assert "Applied by marketplaces" in text
    assert market.name in text
