"""Scenarios: which questions the rules tell apart, and which answers get a standing of their own.

A question is a use and a place. Rules can tell only few places apart, so the world falls into
classes; a grid is every use in every class. Whatever fires for a listing covers some cells of the
grid, and equal cells become one standing. Nothing here knows where rules or listings are kept.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

GENERAL = "general"
EVERYWHERE = "*"
Answer = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """Every use in every class of places.

    The first use is `GENERAL`, for no use in particular; the first class holds `EVERYWHERE` and
    all territories that nothing tells apart from it.
    """

    uses: tuple[str, ...]
    classes: tuple[frozenset[str], ...]

    @property
    def size(self) -> int:
        """How many cells there are."""
        return len(self.uses) * len(self.classes)

    def cells(self, uses: Collection[str] = (), territories: frozenset[str] | None = None) -> int:
        """Return the cells of some uses (empty: all) in some territories (`None`: all), as bits."""
        inside = 0
        for place, members in enumerate(self.classes):
            if territories is None or members <= territories:
                for column, use in enumerate(self.uses):
                    if not uses or use in uses:
                        inside |= 1 << (place * len(self.uses) + column)
        return inside

    def representative(self, place: int) -> str:
        """Return one member that stands for a whole class."""
        return EVERYWHERE if place == 0 else min(self.classes[place])


@dataclass(frozen=True, slots=True)
class Probe:
    """One question whose answer holds for all of `cells`."""

    use: str
    place: str
    cells: int


@dataclass(frozen=True, slots=True)
class Group:
    """Questions with one answer; no uses means any, no territories means everywhere."""

    uses: tuple[str, ...]
    territories: frozenset[str]
    answer: Answer

    @property
    def badge(self) -> bool:
        """Whether this is the answer for any use, everywhere."""
        return not self.uses and not self.territories


def grid(uses: Iterable[str], world: frozenset[str], splits: Iterable[frozenset[str]]) -> Grid:
    """Return the coarsest grid in which no split cuts a class."""
    edges = [split for split in dict.fromkeys(splits) if split and split != world]
    classes = defaultdict(set)
    for territory in (*sorted(world), EVERYWHERE):
        classes[tuple(territory in edge for edge in edges)].add(territory)
    rest = frozenset(classes.pop((False,) * len(edges)))
    others = sorted((frozenset(members) for members in classes.values()), key=min)
    named = tuple(use for use in uses if use != GENERAL)
    return Grid((GENERAL, *named), (rest, *others))


def probes(scope: int, grid: Grid, *, by_use: bool, by_place: bool) -> list[Probe]:
    """Return the fewest questions that find out in which cells of its scope a rule fires."""
    columns: list[int | None] = list(range(len(grid.uses))) if by_use else [None]
    rows: list[int | None] = list(range(len(grid.classes))) if by_place else [None]
    asked = []
    for row in rows:
        for column in columns:
            cells = scope & _stripe(grid, row, column)
            if cells:
                place = EVERYWHERE if row is None else grid.representative(row)
                use = GENERAL if column is None else grid.uses[column]
                asked.append(Probe(use, place, cells))
    return asked


def groups(covered: Sequence[int], grid: Grid) -> list[Group]:
    """Return the fewest groups from which every cell's answer can be told, the badge first.

    `covered` says for each ground which cells it covers; an answer is the grounds of one cell, by
    number. A use in a place needs no group of its own where its answer is the union of what the
    use has everywhere and what any use has in that place: `answer_for` reads it so.
    """
    answers = _answers(covered, grid)
    width, base = len(grid.uses), answers[0]
    found = [Group((), frozenset(), base)]
    found += _by_use(answers, grid)
    found += _by_place(answers, grid)
    apart: dict[tuple[Answer, tuple[str, ...]], set[str]] = defaultdict(set)
    for place in range(1, len(grid.classes)):
        own: dict[Answer, list[str]] = defaultdict(list)
        for column in range(1, width):
            answer = answers[place * width + column]
            if answer != _union(base, answers[column], answers[place * width]):
                own[answer].append(grid.uses[column])
        for answer, uses in own.items():
            apart[answer, tuple(uses)] |= grid.classes[place]
    found += [Group(uses, frozenset(places), answer) for (answer, uses), places in apart.items()]
    return found


def answer_for(found: Iterable[Group], use: str, territory: str) -> Answer:
    """Return the answer to one question: of its own group, else the union of the nearest two."""
    by_use = by_place = base = None
    for group in found:
        use_fits = use in group.uses
        place_fits = territory in group.territories
        if use_fits and place_fits:
            return group.answer
        if group.badge:
            base = group.answer
        elif use_fits and not group.territories:
            by_use = group.answer
        elif place_fits and not group.uses:
            by_place = group.answer
    if base is None:
        raise LookupError("There is no answer for any use, everywhere.")
    return _union(base, base if by_use is None else by_use, base if by_place is None else by_place)


def named(territories: Collection[str], known: Mapping[str, frozenset[str]]) -> list[str]:
    """Return territories as people write them: a whole group by its name, largest first."""
    left, names = set(territories) - {EVERYWHERE}, []
    for name, members in sorted(known.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        if members and members <= left:
            names.append(name)
            left -= members
    return sorted(names) + sorted(left)


def _stripe(grid: Grid, row: int | None, column: int | None) -> int:
    uses = () if column is None else (grid.uses[column],)
    territories = None if row is None else grid.classes[row]
    if row is None:
        return grid.cells(uses)
    return grid.cells(uses, territories)


def _answers(covered: Sequence[int], grid: Grid) -> list[Answer]:
    """Return each cell's grounds, splitting all cells by one ground after the other."""
    parts: dict[Answer, int] = {(): (1 << grid.size) - 1}
    for number, cells in enumerate(covered):
        halves: dict[Answer, int] = {}
        for answer, part in parts.items():
            if inside := part & cells:
                halves[(*answer, number)] = inside
            if outside := part & ~cells:
                halves[answer] = outside
        parts = halves
    answers: list[Answer] = [()] * grid.size
    for answer, part in parts.items():
        for cell in _bits(part):
            answers[cell] = answer
    return answers


def _by_use(answers: Sequence[Answer], grid: Grid) -> list[Group]:
    alike: dict[Answer, list[str]] = defaultdict(list)
    for column in range(1, len(grid.uses)):
        if answers[column] != answers[0]:
            alike[answers[column]].append(grid.uses[column])
    return [Group(tuple(uses), frozenset(), answer) for answer, uses in alike.items()]


def _by_place(answers: Sequence[Answer], grid: Grid) -> list[Group]:
    alike: dict[Answer, set[str]] = defaultdict(set)
    for place in range(1, len(grid.classes)):
        answer = answers[place * len(grid.uses)]
        if answer != answers[0]:
            alike[answer] |= grid.classes[place]
    return [Group((), frozenset(places), answer) for answer, places in alike.items()]


def _union(base: Answer, by_use: Answer, by_place: Answer) -> Answer:
    if by_use == base:
        return by_place
    if by_place == base:
        return by_use
    return tuple(sorted({*by_use, *by_place}))


def _bits(cells: int) -> Iterator[int]:
    while cells:
        low = cells & -cells
        yield low.bit_length() - 1
        cells ^= low
