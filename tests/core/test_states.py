import itertools
from types import SimpleNamespace

import pytest
from django.db.models import Q, TextChoices

from apps.core.errors import MoveRefused
from apps.core.states import Move, StateTable, Station


class Kettle(TextChoices):
    COLD = "cold", "Cold"
    HOT = "hot", "Hot"
    BROKEN = "broken", "Broken"


KETTLE = StateTable(
    states=Kettle,
    initial=Kettle.COLD,
    moves=(
        Move("heat", Kettle.COLD, Kettle.HOT, "cook"),
        Move("cool", Kettle.HOT, Kettle.COLD, "time"),
        Move("drop", Kettle.HOT, Kettle.BROKEN, "cook"),
    ),
    main_line=(Kettle.COLD, Kettle.HOT),
)
ALLOWED = {("cold", "hot"), ("hot", "cold"), ("hot", "broken")}


@pytest.mark.parametrize(("source", "target"), list(itertools.product(Kettle.values, repeat=2)))
def test_only_moves_of_the_table_are_made(source, target):
    kettle = SimpleNamespace(state=source)

    if (source, target) in ALLOWED:
        KETTLE.move(kettle, target)
        assert kettle.state == target
    else:
        with pytest.raises(MoveRefused):
            KETTLE.move(kettle, target)
        assert kettle.state == source


def test_a_refused_move_says_which_ways_lead_on():
    with pytest.raises(MoveRefused) as refused:
        KETTLE.move(SimpleNamespace(state="cold"), "broken")

    assert str(refused.value.reason) == "From “Cold” there is no step to “Broken”."
    assert str(refused.value.remedy) == "Possible from here: Hot."


def test_from_a_final_state_nothing_leads_on():
    with pytest.raises(MoveRefused) as refused:
        KETTLE.move(SimpleNamespace(state="broken"), "cold")

    assert str(refused.value.remedy) == "Nothing more can be done here."
    assert [state for state in Kettle.values if KETTLE.final(state)] == ["broken"]


def test_the_constraint_names_every_state():
    constraint = KETTLE.constraint("kettle_state")

    assert constraint.name == "kettle_state"
    assert constraint.condition == Q(state__in=["cold", "hot", "broken"])


def test_the_diagram_shows_start_moves_and_ends():
    assert KETTLE.diagram().splitlines() == [
        "stateDiagram-v2",
        "    [*] --> cold",
        "    cold --> hot: heat (cook)",
        "    hot --> cold: cool (time)",
        "    hot --> broken: drop (cook)",
        "    broken --> [*]",
    ]


@pytest.mark.parametrize(
    ("state", "reached", "line"),
    [
        ("cold", {}, [("cold", "now", None), ("hot", "next", None)]),
        ("hot", {"cold": 1}, [("cold", "past", 1), ("hot", "now", None)]),
        ("broken", {"cold": 1, "hot": 2, "broken": 3},
         [("cold", "past", 1), ("hot", "past", 2), ("broken", "now", 3)]),
        ("broken", {"broken": 3}, [("broken", "now", 3)]),
    ],
)  # fmt: skip
def test_the_timeline_shows_past_now_and_next(state, reached, line):
    stations = KETTLE.timeline(state, reached.items())

    assert stations == [Station(s, str(Kettle(s).label), place, at) for s, place, at in line]
