from types import SimpleNamespace

import pytest

from apps.cases.states import APPEAL, CASE, CONTEST, REPORT, STAY, URGENT
from apps.core.errors import MoveRefused

ALLOWED = {
    "report": (REPORT, {("received", "linked"), ("linked", "answered")}),
    "case": (
        CASE,
        {
            ("received", "identifying"),
            ("received", "triaged"),
            ("identifying", "triaged"),
            ("triaged", "assigned"),
            ("assigned", "alleged"),
            ("alleged", "answered"),
            ("alleged", "decided"),
            ("answered", "decided"),
            ("decided", "closed"),
        },
    ),
    "appeal": (APPEAL, {("filed", "upheld"), ("filed", "changed")}),
    "contest": (
        CONTEST,
        {("filed", "upheld"), ("filed", "rejected"), ("filed", "withdrawn")},
    ),
    "stay": (
        STAY,
        {
            ("asked", "granted"),
            ("asked", "refused"),
            ("asked", "ended"),
            ("granted", "ended"),
        },
    ),
    "urgent": (URGENT, {("acted", "confirmed"), ("acted", "lapsed")}),
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
