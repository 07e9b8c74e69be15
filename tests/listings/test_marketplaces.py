import datetime as dt

import pytest

from apps.core.actor import ANONYMOUS
from apps.core.clock import now
from apps.core.errors import Invalid, NotPermitted
from apps.core.jurisdictions import JurisdictionUnknown
from apps.journal.models import RecordedAct
from apps.listings.errors import ListingUnknown, MarketplaceNameTaken, SkuTaken
from apps.listings.models import Accession, Marketplace, Offer
from apps.listings.selectors import version_resolve
from apps.listings.services import (
    AccessionDraft,
    marketplace_accede,
    marketplace_enter,
    offer_end,
    offer_make,
)
from apps.policy.states import StatuteKind
from tests.factories import listings as make
from tests.factories.institutions import actor, member_of, organisation, owner_of, person


@pytest.fixture
def company(db):
    return organisation()


@pytest.fixture
def market(company):
    return marketplace_enter(
        actor=actor(owner_of(company)), organisation=company, name="Model Bazaar"
    )


def accession(**facts: object) -> AccessionDraft:
    given = {"rule_kinds": [StatuteKind.POLICY], "jurisdictions": ["IN"], "basis": "By letter."}
    return AccessionDraft(**(given | facts))


def test_a_marketplaces_own_number_finds_the_listing(market, company):
    version, member = make.version(), actor(member_of(company))

    offer = offer_make(actor=member, marketplace=market, listing=version.listing, sku="SKU-1")
    again = offer_make(actor=member, marketplace=market, listing=version.listing, sku="SKU-1")

    assert again == offer
    assert version_resolve("SKU-1", market).pk == version.pk
    with pytest.raises(ListingUnknown):
        version_resolve("SKU-1")
    with pytest.raises(SkuTaken):
        offer_make(actor=member, marketplace=market, listing=make.listing(), sku="SKU-1")

    offer_end(actor=member, offer_id=offer.pk)
    offer_end(actor=member, offer_id=offer.pk)

    with pytest.raises(ListingUnknown):
        version_resolve("SKU-1", market)
    kinds = RecordedAct.objects.filter(kind__startswith="listings.offer").order_by("id")
    assert list(kinds.values_list("kind", flat=True)) == [
        "listings.offer.made",
        "listings.offer.ended",
    ]


def test_a_new_accession_ends_the_one_before(market, company):
    owner = actor(owner_of(company))
    first = marketplace_accede(actor=owner, marketplace=market, draft=accession())

    second = marketplace_accede(
        actor=owner,
        marketplace=market,
        draft=accession(rule_kinds=list(StatuteKind), jurisdictions=[]),
    )

    first.refresh_from_db()
    assert first.until_at == second.from_at
    assert second.rule_kinds == ["code", "instrument", "policy"]


@pytest.mark.parametrize(
    "facts",
    [
        {"rule_kinds": []},
        {"until_at": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)},
        {"jurisdictions": ["XX"]},
    ],
)
def test_an_accession_that_binds_nothing_is_refused(market, company, facts):
    with pytest.raises((Invalid, JurisdictionUnknown)):
        marketplace_accede(
            actor=actor(owner_of(company)), marketplace=market, draft=accession(**facts)
        )

    assert Accession.objects.count() == 0


def test_two_marketplaces_do_not_share_a_name(market):
    other = organisation()

    with pytest.raises(MarketplaceNameTaken):
        marketplace_enter(actor=actor(owner_of(other)), organisation=other, name="model bazaar")

    assert Marketplace.objects.count() == 1


def test_who_may_do_what_with_a_marketplace(market, company):
    member = actor(member_of(company))
    others = (ANONYMOUS, actor(person()), actor(owner_of(organisation())))
    listing, at = make.listing(), now()

    for who in (*others, member):
        with pytest.raises(NotPermitted):
            marketplace_enter(actor=who, organisation=company, name="Second")
        with pytest.raises(NotPermitted):
            marketplace_accede(actor=who, marketplace=market, draft=accession())
    for who in others:
        with pytest.raises(NotPermitted):
            offer_make(actor=who, marketplace=market, listing=listing, sku="1")

    assert (Accession.objects.count(), Offer.objects.filter(offered_at__gte=at).count()) == (0, 0)
