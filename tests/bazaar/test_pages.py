import datetime as dt
import json
import re

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from apps.compliance.services.reassessing import reassess
from apps.listings.models import ImportRun, Listing, Offer, ProviderClaim
from apps.listings.readers import ParentDraft
from tests.factories import institutions as people
from tests.factories import listings as make
from tests.factories import policy
from tests.sarkar.signing import signed_in

pytestmark = pytest.mark.django_db
LUMEN = {
    "name": "Lumen 7B",
    "provider": "Prism",
    "external_id": "lumen-7b",
    "licence_text": "mit",
    "languages": "en, hi",
    "parents": "Base; weights; finetune",
    "has_model_card": "true",
}


@pytest.fixture
def company():
    return people.organisation("Prism Labs")


@pytest.fixture
def browser(company):
    return signed_in(people.owner_of(company), second_factor=False)


def page(browser: Client, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_a_stranger_sees_what_the_door_is_for():
    make.listing(name="Umbra")

    text = page(Client(), "/bazaar/")

    assert "Umbra" in text
    assert "/accounts/login/?next=/bazaar/" in text
    alone = signed_in(people.person(), second_factor=False)
    assert "Register your organisation" in page(alone, "/bazaar/")
    assert alone.get("/bazaar/import/").status_code == 403


@pytest.mark.parametrize(
    "path",
    [
        "listings/enter/",
        "listings/L-00001-0/",
        "import/",
        "import/01980000-0000-7000-8000-000000000000/",
        "claims/",
        "providers/prism/claim/",
        "marketplaces/",
        "marketplaces/x/",
    ],
)
def test_strangers_are_asked_to_sign_in(path):
    answer = Client().get(f"/bazaar/{path}")

    assert (answer.status_code, answer.url.split("?")[0]) == (302, "/accounts/login/")


def test_a_model_is_listed_by_the_form_and_stands_on_the_desk(browser, company):
    answer = browser.post("/bazaar/listings/enter/", LUMEN)

    listing = Listing.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/bazaar/listings/{listing.code}/")
    version = listing.current
    assert (listing.brought_by, version.languages, version.has_model_card) == (
        company,
        ["en", "hi"],
        True,
    )
    assert version.parents.get().relation == "finetune"
    assert "Lumen 7B" in page(browser, "/bazaar/")


def test_what_the_register_refuses_stands_at_its_field(browser):
    answer = browser.post("/bazaar/listings/enter/", LUMEN | {"weight_digest": "abc"})

    assert answer.status_code == 400
    assert "This is no SHA-256." in answer.content.decode()
    assert Listing.objects.count() == 0


def test_a_changed_licence_is_a_new_version_and_nothing_else_changes(browser, company):
    version = make.version(
        actor=people.actor(people.owner_of(company)),
        organisation=company,
        parents=(ParentDraft("Base", "weights", "finetune", "said so"),),
        modalities_in=("text",),
        statements=("monitoring",),
        params_b=7.0,
        released_date=dt.date(2026, 3, 2),
    )
    path = f"/bazaar/listings/{version.listing.code}/"
    sent = {
        match["name"]: match["value"]
        for match in re.finditer(
            r'<input[^>]* name="(?P<name>\w+)" value="(?P<value>[^"]*)"', page(browser, path)
        )
    }
    assert sent["released_date"] == "2026-03-02"  # the only form that browsers show
    sent |= {"parents": "Base; weights; finetune", "licence_text": "llama2"}
    sent |= {"has_model_card": "", "human_oversight": "", "access": "", "evaluations": ""}

    answer = browser.post(path, sent)

    assert answer.status_code == 302
    current = Listing.objects.get().current
    assert (current.number, current.licence_id, current.params_b) == (2, "llama2", 7.0)
    assert (current.modalities_in, current.statements) == (["text"], ["monitoring"])
    assert current.parents.get().evidence == "said so"


def test_another_companys_listing_is_not_changed(browser):
    listing = make.listing()

    assert browser.get(f"/bazaar/listings/{listing.code}/").status_code == 403
    assert browser.post(f"/bazaar/listings/{listing.code}/", LUMEN).status_code == 403
    assert (
        browser.post(f"/bazaar/listings/{listing.code}/withdraw/", {"reason": "x"}).status_code
        == 403
    )
    assert Listing.objects.get().state == "listed"


def test_a_listing_is_withdrawn_and_put_back(browser, company):
    owner = people.actor(people.owner_of(company))
    path = f"/bazaar/listings/{make.listing(actor=owner, organisation=company).code}/"

    assert browser.post(f"{path}withdraw/", {"reason": ""}).status_code == 400
    assert browser.post(f"{path}withdraw/", {"reason": "Retired."}).status_code == 302
    assert Listing.objects.get().state == "withdrawn"
    assert "List it again" in page(browser, path)
    assert browser.post(f"{path}relist/").status_code == 302
    assert Listing.objects.get().state == "listed"


@pytest.mark.django_db(transaction=True)
def test_a_file_is_imported_and_every_unusable_row_is_explained(browser):
    rows = [{"external_id": "a", "name": "A", "provider": "Prism"}, {"external_id": "b"}]
    body = "\n".join(json.dumps(row) for row in rows).encode()

    answer = browser.post("/bazaar/import/", {"file": SimpleUploadedFile("rows.jsonl", body)})

    run = ImportRun.objects.get()
    assert answer.url == f"/bazaar/import/{run.pk}/"
    text = page(browser, answer.url)
    assert "This field is missing." in text
    assert "Finished" in text
    assert "Read why" in page(browser, "/bazaar/")
    assert "rows.jsonl" in page(browser, "/bazaar/import/")
    other = signed_in(people.owner_of(people.organisation()), second_factor=False)
    assert other.get(answer.url).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_pasted_card_is_imported_under_the_name_given(browser):
    card = "---\nlicense: mit\nlanguage: no\n---\n# Lumen"

    refused = browser.post("/bazaar/import/", {"rows": card})
    browser.post("/bazaar/import/", {"rows": card, "card_id": "prism/lumen"})

    assert refused.status_code == 400
    assert Listing.objects.get().current.languages == ["no"]


def test_nothing_and_two_things_at_once_are_no_import(browser):
    both = {"rows": "{}", "file": SimpleUploadedFile("rows.jsonl", b"{}")}

    assert browser.post("/bazaar/import/", {"rows": " "}).status_code == 400
    assert browser.post("/bazaar/import/", both).status_code == 400
    assert ImportRun.objects.count() == 0


def test_a_provider_is_claimed_with_the_code_from_its_domain(
    browser, company, django_capture_on_commit_callbacks
):
    provider = make.listing(provider="Prism", provider_website="https://prism.example").provider
    assert "This is us" in page(browser, "/bazaar/claims/?q=pri")
    path = "/bazaar/providers/prism/claim/"

    assert browser.post(path, {"statement": ""}).status_code == 400
    with django_capture_on_commit_callbacks(execute=True):
        assert browser.post(path, {"address": "legal@prism.example"}).status_code == 302
    assert "Go to the claim" in page(browser, "/bazaar/")
    assert browser.post(path, {"code": "0"}).status_code == 400
    code = re.search(r"^[0-9a-f]{16}$", mail.outbox[-1].body, re.MULTILINE)[0]

    assert browser.post(path, {"code": code}).status_code == 302
    provider.refresh_from_db()
    assert provider.claimed_by == company


def test_a_claim_is_withdrawn(browser):
    make.listing(provider="Prism")
    browser.post("/bazaar/providers/prism/claim/", {"statement": "See the register."})
    claim = ProviderClaim.objects.get()

    other = signed_in(people.owner_of(people.organisation()), second_factor=False)
    assert other.post(f"/bazaar/claims/{claim.pk}/withdraw/").status_code == 404
    assert browser.post(f"/bazaar/claims/{claim.pk}/withdraw/").status_code == 302
    assert ProviderClaim.objects.get().state == "withdrawn"


def test_a_marketplace_is_opened_bound_and_offers(browser):
    listing = make.listing()

    answer = browser.post("/bazaar/marketplaces/", {"name": "Model Bazaar"})
    assert answer.url == "/bazaar/marketplaces/model-bazaar/"
    bound = {"rule_kinds": ["policy"], "jurisdictions": "IN, EU", "basis": "By letter."}
    assert browser.post(f"{answer.url}bind/", bound).status_code == 302
    assert browser.post(f"{answer.url}bind/", bound | {"jurisdictions": "XX"}).status_code == 400
    assert browser.post(answer.url, {"listing": listing.code, "sku": "A-1"}).status_code == 302
    assert browser.post(answer.url, {"listing": "L-1", "sku": "A-2"}).status_code == 400
    text = page(browser, answer.url)
    assert ("A-1" in text, "By letter." in text) == (True, True)

    offer = Offer.objects.get()
    assert browser.post(f"{answer.url}offers/{offer.pk}/end/").status_code == 302
    assert Offer.objects.filter(ended_at=None).count() == 0


def test_the_desk_costs_as_many_queries_for_many_listings_as_for_few(
    browser, company, django_assert_max_num_queries
):
    owner = people.actor(people.owner_of(company))
    for number in range(8):
        make.listing(actor=owner, organisation=company, name=f"Lumen {number}")

    with django_assert_max_num_queries(25):
        assert "Lumen 7" in page(browser, "/bazaar/")


def test_head_of_a_listing_names_what_is_sterner_somewhere(browser, company):
    version = make.version(
        actor=people.actor(people.owner_of(company)), organisation=company, has_model_card=False
    )
    policy.entered(policy.rule_draft(jurisdictions=["IN"]))
    reassess()

    head = page(browser, f"/bazaar/listings/{version.listing.code}/").split("</h1>")[1]

    assert "For some uses or places:" in head.split("What to mend")[0]
    assert "For some uses or places:" in page(browser, "/bazaar/")
