"""A model is listed, a rule catches it, its company contests that, and another one rules."""

import re

import pytest
from django.test import Client

from apps.reactions.runner import settle
from tests.factories import institutions, policy
from tests.sarkar.signing import signed_in

pytestmark = pytest.mark.django_db
MODEL = {
    "external_id": "lumen",
    "name": "Lumen",
    "provider": "Prism",
    "licence_text": "mit",
}


def decision(code):
    settle()
    asked = {"model": code, "use": "medical", "jurisdiction": "IN"}
    return Client().get("/api/v1/decisions", asked).json()


def outcome(code):
    return decision(code)["outcome"]


def listed(company):
    """Publish a model from the company's dashboard; return its code."""
    made = company.post("/bazaar/listings/enter/", MODEL)
    return re.search(r"L-\d+-\w", made.headers["Location"])[0]


def contested(company, code, rule):
    """Contest from the listing's page, with a stay; return the contest's code."""
    page = company.get(f"/listings/{code}/").content.decode()
    assert f'href="/bazaar/listings/{code}/contest/"' in page
    said = {
        "rule": rule,
        "ground": "match",
        "statement": "The text speaks of cards, and this one has a card.",
        "confidential": "Contract 12.",
        "stay": "Two hospitals would stop.",
    }
    made = company.post(f"/bazaar/listings/{code}/contest/", said)
    return re.search(r"CT-\d+-\w", made.headers["Location"])[0]


def test_a_standing_is_contested_stayed_and_ruled_on_by_another():
    officer, ruler = (signed_in(institutions.regulator("IN")) for _time in range(2))
    company = signed_in(institutions.owner_of(institutions.organisation()))
    code = listed(company)
    assert outcome(code) == "allow"
    version = policy.entered(actor=institutions.actor(institutions.regulator("IN")))
    assert decision(code)["contest"] == f"/listings/{code}/#contest"
    assert outcome(code) == "suspend"

    contest = contested(company, code, version.rule.code)
    assert outcome(code) == "suspend"
    desk = f"/sarkar/contests/{contest}/"
    assert "Contract 12." in officer.get(desk).content.decode()
    assert officer.post(f"{desk}stay/", {"granted": "yes", "reasons": "It can wait."}).url == desk
    assert outcome(code) == "allow"

    said = {"upheld": "yes", "reasons": "The text does not speak of such models."}
    refused = officer.post(f"{desk}rule/", said)
    assert refused.status_code == 400
    assert "never rules on the contest" in refused.content.decode()
    assert ruler.post(f"{desk}rule/", said).url == desk

    assert outcome(code) == "allow"
    page = Client().get(f"/listings/{code}/").content.decode()
    for words in ("Upheld", "Two hospitals would stop.", "It can wait.", said["reasons"]):
        assert words in page
    assert "Contract 12." not in page
    inbox = company.get("/me/inbox/").content.decode()
    assert f"Contest {contest} of Lumen is upheld" in inbox
    policy.entered(actor=institutions.actor(institutions.regulator("IN")), rule=version.rule)
    assert outcome(code) == "suspend"
