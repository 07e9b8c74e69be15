"""A draft begins from a template, on a regulator's page and on a proposal's."""

import pytest

from apps.policy.forms.rows import SPARE
from tests.factories import institutions as people
from tests.sarkar.signing import signed_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("page", ["/sarkar/rules/enter/", "/proposals/start/"])
def test_a_draft_begins_from_a_template(page):
    browser = signed_in(people.regulator("*"))
    assert "?template=recall" in browser.get(page).text

    begun = browser.get(page, {"template": "recall"})

    form = begun.context["form"]
    assert form["expression"].value().startswith("listing.open_incidents")
    assert form["sunset_at"].value() is not None
    assert "Harm that goes on grows past what its author can pay." in begun.text
    assert "?template=ban" not in begun.text
    assert len(begun.context["rows"]["examples"].forms) == 6 + SPARE


def test_a_template_that_is_not_there_is_not_found():
    browser = signed_in(people.regulator("*"))

    assert browser.get("/sarkar/rules/enter/", {"template": "none"}).status_code == 404
