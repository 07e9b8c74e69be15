"""Writing a proposal by form."""

from typing import Any

import pytest
from django.test import Client

from apps.proposals.models import Proposal, Revision
from apps.proposals.selectors.proposals import text_of
from apps.proposals.states import ProposalState
from tests.authorisation.roles import signed_in
from tests.authorisation.tables.proposals import FORM
from tests.factories import cases, policy
from tests.factories import institutions as make
from tests.factories import proposals as factory
from tests.factories.policy import entered, rule_draft

pytestmark = pytest.mark.django_db
START = "/proposals/start/"


def sent(**changes: Any) -> dict[str, Any]:
    """What a browser sends for a whole text."""
    return FORM | {"keep": "1"} | changes


@pytest.fixture
def browser() -> Client:
    return signed_in(make.person("Bina Das"))


def test_a_draft_is_begun_by_the_form_with_its_reasons(browser):
    answer = browser.post(START, sent(justification="Nobody knows what they are."))

    proposal = Proposal.objects.get()
    assert answer.url == f"/proposals/{proposal.code}/"
    assert (proposal.state, proposal.title) == (ProposalState.DRAFT, "Models without a card")
    assert text_of(proposal).justification == "Nobody knows what they are."
    assert text_of(proposal).document["expression"] == "!listing.has_model_card"


def test_checking_shows_each_fault_at_its_line_and_keeps_nothing(browser):
    wrong = sent(expression="!listing.has_model_card\r\n|| listing.downlods > 3") | {"check": "1"}

    text = browser.post(START, wrong).content.decode()

    assert "<mark>listing.downlods</mark>" in text
    assert "Line 2, column 4: listing.downlods is not in the vocabulary." in text
    assert "Did you mean listing.downloads?" in text
    assert Proposal.objects.count() == 0


def test_a_sound_check_says_what_would_change(browser):
    text = browser.post(START, sent(check="1")).content.decode()

    assert "Every check holds." in text
    assert "0 of 0 listings would stand otherwise." in text


def test_a_sound_check_names_the_rules_that_can_meet_it(browser):
    beside = entered(rule_draft('listing.task == "asr"')).rule
    entered(rule_draft("listing.has_model_card", title="For others"))

    text = browser.post(START, sent(check="1")).content.decode()

    assert text.count("/rules/R-") == 1
    assert f'<a href="/rules/{beside.code}/">' in text
    assert "<code>listing.task = &quot;asr&quot;</code>" in text


def test_while_typing_only_the_findings_come_back(browser):
    wrong = sent(check="1", expression="listing.taks == 'a'")

    text = browser.post(START, wrong, headers={"HX-Request": "true"}).content.decode()

    assert "<mark>listing.taks</mark>" in text
    assert "<html" not in text


def test_a_draft_may_have_faults_and_a_public_text_may_not(browser):
    faulty = sent(expression="listing.taks == 'a'")
    browser.post(START, faulty)
    draft = Proposal.objects.get()
    public = factory.submitted()

    answer = signed_in(public.author).post(f"/proposals/{public.code}/edit/", faulty)

    assert text_of(draft).document["expression"] == "listing.taks == 'a'"
    assert answer.status_code == 200
    assert "<mark>listing.taks</mark>" in answer.content.decode()
    assert public.revisions.count() == 1


def test_a_proposal_names_the_public_case_that_it_comes_from(browser, clock):
    alleged = cases.answered().code

    page = browser.get(f"{START}?case={alleged}").content.decode()
    browser.post(START, sent(case=alleged))

    assert f'value="{alleged}"' in page
    proposal = Proposal.objects.get()
    assert proposal.origin_ref == alleged
    assert (
        f'href="/cases/{alleged}/"' in browser.get(f"/proposals/{proposal.code}/").content.decode()
    )


@pytest.mark.parametrize("code", ["C-00001-X", "nonsense"])
def test_a_case_that_is_not_public_is_not_named(browser, code):
    answer = browser.post(START, sent(case=code))

    assert "No public case has this code." in answer.content.decode()
    assert Proposal.objects.count() == 0


def test_a_proposal_may_change_a_policy_and_never_an_instrument(browser):
    instrument = policy.entered(policy.rule_draft()).rule

    answer = browser.post(START, sent(rule=instrument.code))

    assert "A statutory instrument is changed by its regulator." in answer.content.decode()
    assert Proposal.objects.count() == 0


def test_the_next_version_begins_from_the_text_in_the_register(browser, clock):
    adopted = factory.adopted(clock, title="Texts are suspended").enacted

    text = browser.get(f"{START}?rule={adopted.rule.code}").content.decode()

    assert 'value="Texts are suspended"' in text
    assert f'value="{adopted.rule.code}"' in text


def test_the_author_changes_the_text_with_a_note(clock):
    proposal = factory.reviewed(clock)
    client = signed_in(proposal.author)
    address = f"/proposals/{proposal.code}/edit/"

    before = client.get(address).content.decode()
    client.post(address, sent(note="Narrower."))

    assert proposal.title in before
    latest = text_of(proposal)
    assert (latest.number, latest.note) == (2, "Narrower.")
    assert factory.fresh(proposal).state == ProposalState.CONSULTATION


def test_a_text_kept_as_it_stands_is_no_new_one():
    draft = factory.started()
    client, address = signed_in(draft.author), f"/proposals/{draft.code}/edit/"
    client.post(address, sent())

    client.post(address, sent())

    assert Revision.objects.count() == 2


def test_a_settled_text_has_no_form(clock):
    proposal = factory.frozen(clock)

    answer = signed_in(proposal.author).get(f"/proposals/{proposal.code}/edit/")

    assert answer.url == f"/proposals/{proposal.code}/"


def test_someone_else_does_not_write_in_a_proposal(browser):
    proposal = factory.submitted()

    answer = browser.post(f"/proposals/{proposal.code}/edit/", sent())

    assert answer.status_code == 403
    assert proposal.revisions.count() == 1
