"""How all listings stand in every use and place under some rules, asked in one scan."""

from collections import Counter
from collections.abc import Sequence

from django.db import connection

from apps.compliance.scenarios import Grid
from apps.compliance.selectors.law import Law
from apps.compliance.selectors.planning import joins_for
from apps.compliance.selectors.scanning import facts_on, grants_of
from apps.compliance.selectors.signatures import Asked, Firings, asked_of
from apps.policy.engine import Mode, Outcome

ALIKE = """
select {keys}, {brought}, count(*) from (
    select {answers} {grants} from {facts} listing {joins}
    where listing.listed and listing.current
) signed group by {group}
"""
Levels = tuple[int, ...]


def outcomes_by_scenario(law: Law) -> list[Counter[Outcome]]:
    """Return for each cell of the law's grid how many listings on offer stand at each outcome."""
    with joins_for(many=True):
        asked, rows = alike(law)
    firings, sums = Firings(law, asked), Counter[Levels]()
    measures = {
        measure.id: (Outcome(measure.outcome), firings.cells_of(measure))
        for measure in law.measures
    }
    for *columns, exempt, measured, listings in rows:
        fired, _clauses = firings.of(asked.answers(columns), exempt)
        grounds = [
            (law.rules[rule].source.outcome, cells)
            for rule, cells in fired.items()
            if law.rules[rule].source.mode is Mode.ENFORCE
        ]
        sums[_levels([*grounds, *(measures[one] for one in measured)])] += listings
    return _spread(sums, law.grid)


def alike(law: Law) -> tuple[Asked, Sequence[tuple]]:
    """Return what was asked, and each signature of listings on offer with how many have it."""
    asked, facts, grants = asked_of(law), facts_on(law.moment.date()), grants_of(law)
    answers = asked.sql()
    query = ALIKE.format(
        keys=", ".join(asked.keys),
        brought=grants.brought,
        group=", ".join([*asked.keys, *grants.keys]),
        answers=answers[0],
        grants=grants.columns,
        facts=facts[0],
        joins=grants.joins,
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [*answers[1], *facts[1], *grants.values])
        return asked, cursor.fetchall()


def _levels(grounds: Sequence[tuple[Outcome, int]]) -> Levels:
    """Return for each outcome but the mildest the cells that stand at it or worse."""
    levels = [0] * len(Outcome)
    for outcome, cells in grounds:
        for level in range(1, outcome + 1):
            levels[level] |= cells
    return tuple(levels[1:])


def _spread(sums: Counter[Levels], grid: Grid) -> list[Counter[Outcome]]:
    """Return the sums of each cell; few combinations of cells make up all signatures."""
    cells = [Counter[Outcome]() for _ in range(grid.size)]
    whole = (1 << grid.size) - 1
    for levels, listings in sums.items():
        at_least = (whole, *levels, 0)
        for outcome in Outcome:
            exactly = at_least[outcome] & ~at_least[outcome + 1]
            while exactly:
                low = exactly & -exactly
                cells[low.bit_length() - 1][outcome] += listings
                exactly ^= low
    return cells
