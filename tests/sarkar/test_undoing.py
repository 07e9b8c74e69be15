import pytest

from apps.compliance.models import Standing
from apps.policy.engine import Outcome
from apps.policy.services import rule_roll_back
from apps.reactions.runner import settle
from apps.sarkar.selectors import turned
from tests.compliance import shelf
from tests.factories import institutions, listings, policy
from tests.sarkar.signing import signed_in

pytestmark = pytest.mark.django_db


def standings():
    """How every listing stands now: for which uses, where, and how strictly."""
    rows = Standing.objects.filter(until_at=None).values_list(
        "listing__code", "uses", "jurisdictions", "outcome", "would_be"
    )
    return {(code, tuple(uses), tuple(places), *rest) for code, uses, places, *rest in rows}


@pytest.mark.parametrize("first", [None, "listing.downloads > 5"])
def test_every_listing_stands_as_before_the_rule_began(first):
    shelf.register()
    listings.listing(task="asr", downloads=7)
    before_it = policy.entered(policy.rule_draft(first)) if first else None
    settle()
    before = standings()
    rule = before_it.rule if before_it else None
    draft = policy.rule_draft('listing.task != "asr"', outcome=Outcome.PROHIBIT)
    version = policy.entered(draft, rule=rule)
    settle()
    after = standings()
    assert after != before
    shown = turned(version)

    regulator = institutions.actor(institutions.regulator("*"))
    rule_roll_back(actor=regulator, version=version, reason="It hit the wrong ones.")
    settle()

    assert standings() == before
    assert shown is not None
    assert shown.changed == len({code for code, *_rest in before ^ after})


def test_the_page_says_what_would_change_and_a_post_takes_it_back():
    browser = signed_in(institutions.regulator("IN"))
    listings.listing(task="asr")
    settle()
    first = policy.entered(policy.rule_draft(outcome=Outcome.CONDITION))
    second = policy.entered(policy.rule_draft(), rule=first.rule)
    settle()
    page = f"/sarkar/rules/{first.rule.code}/v{second.number}/take-back/"

    shown = browser.get(page).content.decode()
    silent = browser.post(page, {"reason": ""})
    taken = browser.post(page, {"reason": "It hit the wrong ones."})

    assert "the text of version 1 runs again" in shown
    assert "1 listing would stand otherwise." in shown
    assert "Suspended" in shown
    assert silent.status_code == 200
    assert taken.headers["Location"] == f"/rules/{first.rule.code}/v3/"
    assert (
        f"/sarkar/rules/{first.rule.code}/v3/take-back/" in browser.get("/sarkar/").content.decode()
    )
    assert browser.post(page, {"reason": "Again."}).status_code == 409
