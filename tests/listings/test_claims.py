import re

import pytest
from django.core import mail

from apps.core.actor import ANONYMOUS, OPERATOR
from apps.core.errors import MoveRefused, NotPermitted
from apps.institutions.models import Role
from apps.journal.models import RecordedAct
from apps.listings.errors import AlreadyOpen, ListingRefused, ProofRefused, ProviderNotClaimable
from apps.listings.models import Listing, Provider, ProviderClaim
from apps.listings.services import (
    claim_confirm,
    claim_open,
    claim_prove,
    claim_refuse,
    claim_withdraw,
    listing_publish,
)
from apps.listings.services.claims import at_domain
from tests.factories import listings as make
from tests.factories.institutions import actor, member_of, organisation, owner_of, person, regulator


@pytest.fixture
def prism(db):
    return organisation(name="Prism Labs")


@pytest.fixture
def provider(db):
    return make.listing(provider="Prism", provider_website="https://www.prism.example/").provider


def opened(provider, company, **options):
    return claim_open(
        actor=actor(owner_of(company)),
        organisation=company,
        provider_id=provider.pk,
        **options,
    )


def sent_code() -> str:
    return re.search(r"^[0-9a-f]{16}$", mail.outbox[-1].body, re.MULTILINE)[0]


def test_a_code_sent_to_the_providers_domain_proves_the_claim(
    provider, prism, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        claim = opened(provider, prism, address="legal@prism.example")
    assert mail.outbox[-1].to == ["legal@prism.example"]

    claim_prove(actor=actor(owner_of(prism)), claim_id=claim.pk, code=f" {sent_code()} ")

    provider.refresh_from_db()
    assert (provider.claimed_by, ProviderClaim.objects.get().state) == (prism, "confirmed")
    act = RecordedAct.objects.get(kind="listings.provider.claimed")
    assert act.subject == provider.pk


def test_a_wrong_or_late_code_proves_nothing(provider, prism, clock):
    claim = opened(provider, prism, address="legal@prism.example")
    owner = actor(owner_of(prism))

    with pytest.raises(ProofRefused):
        claim_prove(actor=owner, claim_id=claim.pk, code="0" * 16)
    clock.advance("3 days")
    with pytest.raises(ProofRefused):
        claim_prove(actor=owner, claim_id=claim.pk, code="0" * 16)

    provider.refresh_from_db()
    assert (provider.claimed_by, ProviderClaim.objects.get().state) == (None, "opened")


@pytest.mark.parametrize(
    ("address", "website", "fits"),
    [
        ("a@prism.example", "https://prism.example/team", True),
        ("a@prism.example", "https://www.prism.example", True),
        ("a@evil.example", "https://prism.example", False),
        ("a@example", "https://prism.example", False),
        ("a@mail.prism.example", "https://prism.example", False),
        ("a@prism.example", "", False),
    ],
)
def test_only_the_very_domain_counts(address, website, fits):
    assert at_domain(address, website) is fits


def test_an_address_elsewhere_opens_no_claim(provider, prism):
    with pytest.raises(ProofRefused):
        opened(provider, prism, address="legal@elsewhere.example")

    assert ProviderClaim.objects.count() == 0


def test_a_website_told_by_a_company_proves_nothing(prism):
    listing = make.listing(
        actor=actor(owner_of(prism)),
        organisation=prism,
        provider="Giant",
        provider_website="https://mine.example",
    )

    assert listing.provider.website == ""


def test_a_regulator_with_a_mandate_confirms_or_refuses(provider, prism):
    here, elsewhere = actor(regulator("IN")), actor(regulator("FR"))
    claim = opened(provider, prism, statement="We are the company.")
    with pytest.raises(NotPermitted):
        claim_confirm(actor=elsewhere, claim_id=claim.pk)
    claim_refuse(actor=here, claim_id=claim.pk, reason="No papers.")
    assert ProviderClaim.objects.get().reason == "No papers."
    with pytest.raises(MoveRefused):
        claim_confirm(actor=here, claim_id=claim.pk)

    claim_confirm(actor=here, claim_id=opened(provider, prism).pk)

    provider.refresh_from_db()
    assert provider.claimed_by == prism


def test_who_may_do_what_with_a_claim(provider, prism):
    claim = opened(provider, prism)
    stranger, member = actor(person()), actor(member_of(prism, Role.MEMBER))
    other = actor(owner_of(organisation()))

    for who in (ANONYMOUS, stranger, member, other):
        with pytest.raises(NotPermitted):
            claim_open(actor=who, organisation=prism, provider_id=provider.pk)
        with pytest.raises(NotPermitted):
            claim_withdraw(actor=who, claim_id=claim.pk)
        with pytest.raises(NotPermitted):
            claim_confirm(actor=who, claim_id=claim.pk)
        with pytest.raises(NotPermitted):
            claim_refuse(actor=who, claim_id=claim.pk, reason="x")
        with pytest.raises(NotPermitted):
            claim_prove(actor=who, claim_id=claim.pk, code="x")
    with pytest.raises(AlreadyOpen):
        opened(provider, prism)

    assert ProviderClaim.objects.get().state == "opened"
    claim_withdraw(actor=actor(owner_of(prism)), claim_id=claim.pk)
    assert ProviderClaim.objects.get().state == "withdrawn"


def test_nobody_lists_under_anothers_claimed_name(provider, prism):
    claim_confirm(actor=OPERATOR, claim_id=opened(provider, prism).pk)
    rival = organisation()
    draft = make.draft(provider="PRISM")

    for who, company in ((actor(owner_of(rival)), rival), (OPERATOR, None)):
        with pytest.raises(ListingRefused, match="claimed by another organisation"):
            listing_publish(actor=who, organisation=company, draft=draft)

    assert Listing.objects.count() == 1
    listing_publish(actor=actor(owner_of(prism)), organisation=prism, draft=draft)
    assert Provider.objects.get().listings.count() == 2


def test_a_claimed_provider_and_nobody_cannot_be_claimed(provider, prism):
    claim_confirm(actor=OPERATOR, claim_id=opened(provider, prism).pk)
    nobody = make.listing(provider="Provider not stated").provider

    for target in (provider, nobody):
        with pytest.raises(ProviderNotClaimable):
            opened(target, organisation())


def test_a_listing_is_changed_by_its_keeper_alone(prism):
    owner, rival = actor(owner_of(prism)), organisation()
    draft = make.draft()
    listing_publish(actor=owner, organisation=prism, draft=draft)
    changed = make.draft(external_id=draft.external_id, provider=draft.provider, downloads=5)

    with pytest.raises(ListingRefused, match="keeps this listing"):
        listing_publish(actor=actor(owner_of(rival)), organisation=rival, draft=changed)
    with pytest.raises(ListingRefused, match="keeps this listing"):
        listing_publish(actor=OPERATOR, organisation=None, draft=changed)

    assert Listing.objects.get().current.downloads is None
    listing_publish(actor=actor(member_of(prism)), organisation=prism, draft=changed)
    assert Listing.objects.get().current.downloads == 5


def test_a_source_with_an_organisations_code_is_that_organisations(prism):
    rival = organisation()
    draft = make.draft(source=prism.code.lower())

    with pytest.raises(ListingRefused, match="another organisation's"):
        listing_publish(actor=actor(owner_of(rival)), organisation=rival, draft=draft)

    assert Listing.objects.count() == 0
