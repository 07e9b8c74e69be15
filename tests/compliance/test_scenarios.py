from hypothesis import given
from hypothesis import strategies as st

from apps.compliance.scenarios import (
    EVERYWHERE,
    GENERAL,
    Group,
    answer_for,
    grid,
    groups,
    named,
    probes,
)

USES = ("general", "medical", "research", "workplace")
WORLD = frozenset({"DE", "FR", "IN", "KE", "US"})
EU = frozenset({"DE", "FR"})


def test_places_that_nothing_tells_apart_fall_into_the_rest():
    made = grid(USES, WORLD, [EU, frozenset({"FR"}), WORLD])

    assert made.uses == USES
    assert made.classes == (
        frozenset({"IN", "KE", "US", EVERYWHERE}),
        frozenset({"DE"}),
        frozenset({"FR"}),
    )
    assert [made.representative(place) for place in range(3)] == [EVERYWHERE, "DE", "FR"]


def test_a_rule_that_reads_nothing_of_the_question_is_asked_once():
    made = grid(USES, WORLD, [EU])
    everywhere = made.cells()

    [probe] = probes(everywhere, made, by_use=False, by_place=False)

    assert (probe.use, probe.place, probe.cells) == (GENERAL, EVERYWHERE, everywhere)


def test_a_rule_that_reads_the_use_is_asked_once_for_each_use_in_its_scope():
    made = grid(USES, WORLD, [EU])
    scope = made.cells(uses=("medical", "workplace"), territories=EU)

    asked = probes(scope, made, by_use=True, by_place=False)

    assert [(probe.use, probe.place) for probe in asked] == [
        ("medical", EVERYWHERE),
        ("workplace", EVERYWHERE),
    ]
    assert asked[0].cells | asked[1].cells == scope


def test_what_a_use_has_everywhere_and_a_place_for_any_use_is_not_said_twice():
    made = grid(USES, WORLD, [EU])
    medical_everywhere = made.cells(uses=("medical",))
    europe_any_use = made.cells(territories=EU)

    found = groups([medical_everywhere, europe_any_use], made)

    assert found == [
        Group((), frozenset(), ()),
        Group(("medical",), frozenset(), (0,)),
        Group((), EU, (1,)),
    ]
    assert answer_for(found, "medical", "FR") == (0, 1)


def test_uses_with_the_same_answer_share_a_group_and_a_milder_one_is_an_exception_too():
    made = grid(USES, WORLD, [])
    all_but_research = made.cells() & ~made.cells(uses=("research",))

    found = groups([all_but_research], made)

    assert found == [Group((), frozenset(), (0,)), Group(("research",), frozenset(), ())]


def test_an_exemption_for_one_use_in_one_place_gets_its_own_group():
    made = grid(USES, WORLD, [EU])
    exempt = made.cells(uses=("medical",), territories=EU)

    found = groups([made.cells() & ~exempt], made)

    assert found == [Group((), frozenset(), (0,)), Group(("medical",), EU, ())]
    assert answer_for(found, "medical", "IN") == (0,)


def test_a_whole_group_of_territories_is_written_by_its_name():
    assert named({"DE", "FR", "IN", EVERYWHERE}, {"EU": EU}) == ["EU", "IN"]
    assert named({"FR", "IN"}, {"EU": EU}) == ["FR", "IN"]


@given(
    splits=st.lists(st.frozensets(st.sampled_from(sorted(WORLD))), max_size=4),
    covered=st.lists(st.integers(0, 2**24 - 1), max_size=5),
)
def test_every_question_can_be_answered_from_the_groups(splits, covered):
    made = grid(USES, WORLD, splits)
    everything = made.cells()
    covered = [cells & everything for cells in covered]

    found = groups(covered, made)

    for use in USES:
        for territory in [*WORLD, EVERYWHERE]:
            cell = made.cells(uses=(use,)) & sum(
                made.cells(territories=members) for members in made.classes if territory in members
            )
            truth = tuple(number for number, cells in enumerate(covered) if cells & cell)
            assert answer_for(found, use, territory) == truth
