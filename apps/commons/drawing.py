"""Where boxes and lines of a lineage picture stand; the layout itself is a library's."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from fast_sugiyama import from_edges

BOX_WIDTH = 124
BOX_HEIGHT = 46
ACROSS = BOX_WIDTH + 12
DOWN = BOX_HEIGHT + 46
MARGIN = 2
UNIT = 72.0  # The library's distance between neighbours.


@dataclass(frozen=True, slots=True)
class Box:
    """One model in the picture."""

    key: Hashable
    x: int
    y: int

    @property
    def middle(self) -> int:
        """Where lines meet the box."""
        return self.x + BOX_WIDTH // 2


@dataclass(frozen=True, slots=True)
class Line:
    """One edge from a parent down to a child, as the path of an SVG."""

    parent: Hashable
    child: Hashable
    path: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture without words: the page adds names and meanings."""

    width: int
    height: int
    boxes: Sequence[Box]
    lines: Sequence[Line]


def draw(edges: Iterable[tuple[Hashable, Hashable]]) -> Drawing:
    """Lay out (parent, child) pairs in layers, parents above; loops and doubles are left out."""
    pairs = list(dict.fromkeys(pair for pair in edges if pair[0] != pair[1]))
    if not pairs:
        return Drawing(0, 0, [], [])
    names = list(dict.fromkeys(name for pair in pairs for name in pair))
    numbers = {name: number for number, name in enumerate(names)}
    laid = from_edges([(numbers[a], numbers[b]) for a, b in pairs]).dot_layout()
    places = _places(laid.to_dict(), len(names))
    boxes = {name: Box(name, *places[number]) for name, number in numbers.items()}
    return Drawing(
        width=max(box.x for box in boxes.values()) + BOX_WIDTH + MARGIN,
        height=max(box.y for box in boxes.values()) + BOX_HEIGHT + MARGIN,
        boxes=list(boxes.values()),
        lines=[Line(a, b, _path(boxes[a], boxes[b])) for a, b in pairs],
    )


def _places(laid: Mapping[Hashable, tuple[float, float]], count: int) -> list[tuple[int, int]]:
    """Return the corner of each box; the library's upward axis is turned to the page's.

    In a loop the library may put neighbours closer than a box is wide; they are moved apart.
    """
    points = [laid[number] for number in range(count)]
    left = min(x for x, _y in points)
    rows = sorted({y for _x, y in points}, reverse=True)
    places = [(0, 0)] * count
    for row, height in enumerate(rows):
        free = MARGIN
        inside = [number for number in range(count) if points[number][1] == height]
        for number in sorted(inside, key=lambda number: points[number][0]):
            x = max(free, MARGIN + round((points[number][0] - left) / UNIT * ACROSS))
            places[number] = (x, MARGIN + row * DOWN)
            free = x + ACROSS
    return places


def _path(parent: Box, child: Box) -> str:
    """Return a curve from the lower edge of the parent to the upper edge of the child."""
    start, end = parent.y + BOX_HEIGHT, child.y
    above, below, bend = parent.middle, child.middle, (start + end) // 2
    return f"M{above} {start}C{above} {bend} {below} {bend} {below} {end}"
