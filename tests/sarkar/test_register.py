import pytest
from django.test import Client

from apps.institutions.offices import Office
from apps.licensing.models import UnresolvedLicence
from apps.listings.models import Dispute, ProviderClaim
from apps.listings.services import claim_open, fact_dispute
from tests.factories import institutions as people
from tests.factories import listings as make
from tests.sarkar.signing import signed_in

pytestmark = pytest.mark.django_db
PAGE = "/sarkar/register/"


@pytest.fixture
def claim():
    company = people.organisation("Prism Labs")
    return claim_open(
        actor=people.actor(people.owner_of(company)),
        organisation=company,
        provider_id=make.listing(provider="Prism").provider.pk,
        statement="See the register of companies.",
    )


@pytest.fixture
def dispute():
    version = make.version(name="Lumen 7B", licence_text="Studio licence 3")
    return fact_dispute(
        actor=people.actor(people.person()), version=version, fact="task", statement="It is chat."
    )


def test_each_office_sees_what_it_may_decide(claim, dispute):
    here = signed_in(people.regulator("IN")).get(PAGE).content.decode()
    abroad = signed_in(people.regulator("FR")).get(PAGE).content.decode()
    clerk = signed_in(people.officer(Office.CLERK)).get(PAGE).content.decode()

    words = ("Prism Labs says it is Prism", "It is chat.", "Studio licence 3")
    assert [word in here for word in words] == [True, True, False]
    assert [word in abroad for word in words] == [False, True, False]
    assert [word in clerk for word in words] == [False, True, True]


@pytest.mark.parametrize("who", ["stranger", "member", "registrar"])
def test_others_see_and_decide_nothing(claim, dispute, who):
    browsers = {
        "stranger": Client(),
        "member": signed_in(people.person()),
        "registrar": signed_in(people.officer(Office.REGISTRAR)),
    }
    name = UnresolvedLicence.objects.get()
    sent = {
        PAGE + f"claims/{claim.pk}/": {"confirm": "yes"},
        PAGE + f"disputes/{dispute.pk}/": {"upheld": "yes", "answer": "So."},
        PAGE + f"names/{name.pk}/": {"licence": "mit"},
    }
    refused = 302 if who == "stranger" else 403

    answers = [browsers[who].post(path, told).status_code for path, told in sent.items()]

    assert [browsers[who].get(PAGE).status_code, *answers] == [refused] * 4
    states = [ProviderClaim.objects.get().state, Dispute.objects.get().state]
    assert [*states, UnresolvedLicence.objects.get().state] == ["opened", "opened", "waiting"]


def test_a_regulator_confirms_a_claim(claim):
    browser = signed_in(people.regulator("IN"))
    path = f"{PAGE}claims/{claim.pk}/"

    assert browser.post(path, {"confirm": "no"}).status_code == 400
    assert browser.post(path, {"confirm": "yes"}).status_code == 302

    claim.provider.refresh_from_db()
    assert claim.provider.claimed_by == claim.organisation
    assert browser.post(path, {"confirm": "yes"}).status_code == 400


def test_a_clerk_decides_a_dispute_and_settles_a_name(dispute):
    browser = signed_in(people.officer(Office.CLERK))
    name = UnresolvedLicence.objects.get()

    told = {"upheld": "yes", "answer": "The card says chat."}
    assert browser.post(f"{PAGE}disputes/{dispute.pk}/", told).status_code == 302
    for wrong in ("openrail", ""):
        assert browser.post(f"{PAGE}names/{name.pk}/", {"licence": wrong}).status_code == 400
    assert browser.post(f"{PAGE}names/{name.pk}/", {"licence": "mit"}).status_code == 302

    assert Dispute.objects.get().answer == "The card says chat."
    name.refresh_from_db()
    assert (name.state, name.licence_id) == ("settled", "mit")
    assert "Nothing waits" in browser.get(PAGE).content.decode()
