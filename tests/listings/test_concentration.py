import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.listings.concentration import concentration, delta_of_merger
from apps.listings.readers import ParentDraft
from apps.listings.selectors import concentration_of_bases, concentration_of_listings
from tests.factories import listings as make

FIVE = {"a": 40, "b": 30, "c": 20, "d": 5, "e": 5}


def test_the_measures_of_a_known_market():
    found = concentration(FIVE | {"f": 0})

    assert (found.participants, found.total, found.hhi) == (5, 100, 2950)
    assert (found.cr1, found.cr4, found.effective) == (40, 95, 3.4)
    assert delta_of_merger(FIVE, "c", "d") == 200


def test_few_are_not_told_apart_and_no_amount_is_negative():
    assert concentration({"a": 1, "b": 2}).hhi is None
    assert concentration({}).total == 0
    with pytest.raises(ValueError, match="negative"):
        concentration({"a": -1})


@given(st.dictionaries(st.text(max_size=3), st.integers(1, 10**9), min_size=5, max_size=40))
def test_the_index_lies_between_equal_shares_and_a_monopoly(amounts):
    found = concentration(amounts)

    assert round(10_000 / len(amounts)) <= found.hhi <= 10_000
    assert 0 <= found.cr1 <= found.cr4 <= 100


@given(st.lists(st.integers(1, 10**6), min_size=6, max_size=20))
def test_a_merger_raises_the_index_by_its_delta(sizes):
    before = {str(number): size for number, size in enumerate(sizes)}
    after = {name: size for name, size in before.items() if name != "1"}
    after["0"] = before["0"] + before["1"]

    rise = concentration(after).hhi - concentration(before).hhi

    assert abs(rise - delta_of_merger(before, "0", "1")) <= 1


@pytest.mark.django_db
def test_the_register_is_measured_at_both_layers():
    make.write(*(make.draft(provider=f"Maker {n}", name=f"Base {n}") for n in range(5)))
    parents = (ParentDraft("Base 0", "weights"), ParentDraft("Corpus", "data"))
    make.write(*(make.draft(provider="Maker 0", parents=parents) for _n in range(5)))

    listed, bases = concentration_of_listings(), concentration_of_bases()

    assert (listed.participants, listed.total, listed.cr1) == (5, 10, 60)
    assert (bases.participants, bases.total, bases.hhi) == (1, 5, None)
