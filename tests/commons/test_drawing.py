"""The lineage picture: parents above, no two boxes on one spot, whatever the graph."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from apps.commons.drawing import BOX_HEIGHT, BOX_WIDTH, Drawing, draw

EDGES = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=24)


def overlapping(drawing: Drawing) -> list[tuple]:
    return [
        (one.key, other.key)
        for one, other in combinations(drawing.boxes, 2)
        if abs(one.x - other.x) < BOX_WIDTH and abs(one.y - other.y) < BOX_HEIGHT
    ]


def test_chain_goes_down_the_page() -> None:
    drawing = draw([("data", "base"), ("base", "chat")])

    rows = {box.key: box.y for box in drawing.boxes}
    assert rows["data"] < rows["base"] < rows["chat"]
    assert {box.x for box in drawing.boxes} == {2}


def test_three_children_fit_a_phone() -> None:
    drawing = draw([("base", name) for name in ("a", "b", "c")])

    assert drawing.width <= 416


def test_nothing_to_draw_is_an_empty_picture() -> None:
    assert draw([]) == Drawing(0, 0, [], [])


@settings(max_examples=60, deadline=None)
@given(EDGES)
def test_any_graph_is_drawn_without_overlap(edges: list[tuple[int, int]]) -> None:
    drawing = draw(edges)

    real = {pair for pair in edges if pair[0] != pair[1]}
    assert {(line.parent, line.child) for line in drawing.lines} == real
    assert overlapping(drawing) == []
    assert all(box.x >= 0 and box.x + BOX_WIDTH <= drawing.width for box in drawing.boxes)
