import pytest

from apps.core.actor import OPERATOR
from apps.core.errors import Invalid
from apps.listings.models import Listing
from apps.listings.readers import ParentDraft
from apps.listings.selectors import (
    FacetCount,
    RegisterFilter,
    ancestry_of,
    children_of,
    register_count,
    register_counts,
    register_page,
)
from apps.listings.services import listing_withdraw
from tests.factories import listings as make


@pytest.fixture
def shelf(db):
    make.write(
        make.draft(
            name="Lumen 7B",
            provider="Prism",
            provider_country="IN",
            licence_text="apache-2.0",
            downloads=50,
            access="open",
        ),
        make.draft(name="Lumen-Chat", provider="Prism", licence_text="llama2", task="chat"),
        make.draft(
            name="Umbra",
            provider="Night Works",
            provider_country="FR",
            licence_text="mit",
            downloads=900,
            access="open",
        ),
    )


def names(**facts: object) -> list[str]:
    sort = str(facts.pop("sort", ""))
    return [row.name for row in register_page(RegisterFilter(**facts), sort=sort).rows]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("lumen", ["Lumen 7B", "Lumen-Chat"]),
        ("lum", ["Lumen 7B", "Lumen-Chat"]),
        ("LUMEN chat", ["Lumen-Chat"]),
        ("lummen 7b", ["Lumen 7B"]),
        ("prism", ["Lumen 7B", "Lumen-Chat"]),
        ("night works", ["Umbra"]),
        ("nothing of the kind", []),
        ("!?", []),
        ("'; drop table x; --", []),
        ("a" * 5000, []),
    ],
)
def test_words_their_beginnings_and_near_misses_are_found(shelf, text, found):
    assert sorted(names(text=text)) == found


def test_the_likest_comes_first(shelf):
    make.listing(name="A Umbrella", provider="Prism")

    assert names(text="umbra") == ["Umbra", "A Umbrella"]


def test_filters_and_orders(shelf):
    assert names() == ["Lumen 7B", "Lumen-Chat", "Umbra"]
    assert names(family="permissive") == ["Lumen 7B", "Umbra"]
    assert names(task="chat") == ["Lumen-Chat"]
    assert names(country="FR") == ["Umbra"]
    assert names(provider="prism") == ["Lumen 7B", "Lumen-Chat"]
    assert names(access="open", sort="downloads") == ["Umbra", "Lumen 7B"]
    assert names(among=Listing.objects.filter(name="Umbra").values("pk")) == ["Umbra"]
    with pytest.raises(Invalid):
        names(sort="price")


def test_a_withdrawn_listing_is_found_only_where_it_is_asked_for(shelf):
    listing_withdraw(
        actor=OPERATOR, listing_id=Listing.objects.get(name="Umbra").pk, reason="Retired."
    )

    assert names() == ["Lumen 7B", "Lumen-Chat"]
    assert register_count(RegisterFilter(withdrawn=True)) == 3


def test_each_facet_is_counted_with_the_other_filters(shelf):
    counts = register_counts(RegisterFilter(family="permissive", country="FR"))

    assert counts["family"] == [FacetCount("permissive", 1, chosen=True)]
    assert counts["country"] == [
        FacetCount("FR", 1, chosen=True),
        FacetCount("IN", 1, chosen=False),
    ]
    assert counts["task"] == [FacetCount("text-generation", 1, chosen=False)]


@pytest.mark.parametrize("sort", ["best", "name", "newest", "changed", "downloads"])
def test_pages_follow_each_other_without_gap_or_repetition(db, sort):
    make.write(*(make.draft(name=f"Lumen {n % 3}", downloads=n or None) for n in range(7)))
    wanted, seen, after = RegisterFilter(text="lumen"), [], ""
    while True:
        page = register_page(wanted, sort=sort, after=after, size=3)
        seen += [row.pk for row in page.rows]
        after = page.after
        if not after:
            break

    assert len(seen) == len(set(seen)) == 7


def test_a_page_of_the_register_costs_one_query(shelf, django_assert_num_queries):
    with django_assert_num_queries(1):
        for row in register_page(RegisterFilter(text="lumen")).rows:
            assert row.provider.name
            assert row.current.licence.name
    with django_assert_num_queries(4):
        register_counts(RegisterFilter())


def test_ancestry_goes_up_and_ends_in_circles(db):
    make.listing(name="A", parents=(ParentDraft("C", "weights"),))
    make.listing(name="B", parents=(ParentDraft("A", "weights"), ParentDraft("Web", "data")))
    last = make.version(name="C", parents=(ParentDraft("B", "weights"),))

    found = [(edge.parent_name, depth) for edge, depth in ancestry_of(last)]

    assert sorted(found) == [("A", 2), ("B", 1), ("C", 3), ("Web", 2)]
    base = Listing.objects.get(name="A")
    assert [edge.child.listing.name for edge in children_of(base)] == ["B"]
