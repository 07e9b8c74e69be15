import pytest

from apps.core.codes import CodeMistyped
from apps.listings.errors import ListingUnknown
from apps.listings.selectors import version_of, version_resolve
from apps.listings.services import marketplace_enter, offer_make
from tests.factories import institutions
from tests.factories import listings as make

WEIGHTS = "a" * 64


@pytest.fixture
def version(db):
    return make.version(
        source="huggingface",
        external_id="Prism/Lumen-7B",
        weight_digest=f"sha256:{WEIGHTS}",
        revision="main-3",
    )


def test_a_version_is_found_by_every_way_of_naming_it(version):
    references = [
        str(version.pk),
        str(version.listing_id),
        version.listing.code,
        version.listing.code.lower(),
        WEIGHTS,
        f"sha256:{WEIGHTS}",
        "huggingface:Prism/Lumen-7B",
        "hf:Prism/Lumen-7B",
        "hf:Prism/Lumen-7B@main-3",
        "prism/lumen-7b",
        "Prism/Lumen-7B@main-3",
    ]

    assert [version_resolve(reference).pk for reference in references] == [version.pk] * 11


def test_a_reference_costs_few_queries(version, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = version_resolve(version.listing.code)
        assert found.listing.provider.name == version.listing.provider.name
        assert found.licence.id == "apache-2.0"


@pytest.mark.parametrize(
    "reference", ["", "nobody/nothing", "hf:nobody/nothing", "b" * 64, "x\x00", "a" * 501]
)
def test_what_is_not_listed_is_unknown(version, reference):
    with pytest.raises(ListingUnknown):
        version_resolve(reference)


def test_a_mistyped_code_is_told_apart(version):
    wrong = version.listing.code[:-1] + ("A" if version.listing.code[-1] != "A" else "B")

    with pytest.raises(CodeMistyped):
        version_resolve(wrong)


def test_a_name_that_two_sources_bear_names_neither(version):
    make.version(source="other-hub", external_id="prism/lumen-7b")

    with pytest.raises(ListingUnknown):
        version_resolve("prism/lumen-7b")


def test_an_earlier_version_is_asked_for_by_its_number(version):
    again = make.version(
        source="huggingface",
        external_id="Prism/Lumen-7B",
        provider=version.listing.provider.name,
        name=version.listing.name,
        licence_text="mit",
    )

    assert (again.number, version_of(again, 1).pk) == (2, version.pk)
    with pytest.raises(ListingUnknown):
        version_of(again, 3)


def test_what_an_own_number_means_comes_before_a_name(version):
    organisation = institutions.organisation()
    acting = institutions.actor(institutions.owner_of(organisation))
    other = make.version(source="huggingface", external_id="Prism/Other")
    market = marketplace_enter(actor=acting, organisation=organisation, name="Bazaar One")
    offer_make(actor=acting, marketplace=market, listing=other.listing, sku="prism/lumen-7b")

    assert version_resolve("prism/lumen-7b", market).pk == other.pk
    assert version_resolve("prism/lumen-7b").pk == version.pk
