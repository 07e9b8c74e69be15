from types import SimpleNamespace

import pytest

from apps.core.errors import MoveRefused
from apps.listings.states import CLAIMS, DISPUTES, EDGES, LISTINGS, RUNS

ALLOWED = {
    "listings": (LISTINGS, {("listed", "withdrawn"), ("withdrawn", "listed")}),
    "claims": (
        CLAIMS,
        {("opened", "confirmed"), ("opened", "refused"), ("opened", "withdrawn")},
    ),
    "edges": (
        EDGES,
        {
            ("declared", "disputed"),
            ("confirmed", "disputed"),
            ("disputed", "declared"),
            ("disputed", "confirmed"),
            ("disputed", "rejected"),
        },
    ),
    "disputes": (
        DISPUTES,
        {("opened", "upheld"), ("opened", "dismissed"), ("opened", "withdrawn")},
    ),
    "runs": (
        RUNS,
        {
            ("waiting", "running"),
            ("running", "finished"),
            ("running", "failed"),
            ("waiting", "failed"),
            ("failed", "running"),
        },
    ),
}
PAIRS = [
    (name, source, target)
    for name, (table, _moves) in ALLOWED.items()
    for source in table.states.values
    for target in table.states.values
]


@pytest.mark.parametrize(("name", "source", "target"), PAIRS)
def test_only_the_moves_of_the_table_are_made(name, source, target):
    table, moves = ALLOWED[name]
    row = SimpleNamespace(state=source)

    if (source, target) in moves:
        table.move(row, target)
        assert row.state == target
    else:
        with pytest.raises(MoveRefused):
            table.move(row, target)
        assert row.state == source
