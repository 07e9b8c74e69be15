import itertools

import pytest
from django.db import IntegrityError, connection

from apps.core.errors import MoveRefused
from apps.reviews.models import Assignment, ReviewRound
from apps.reviews.states import ASSIGNMENT, ROUND, AssignmentState, RoundState
from tests.factories import reviews

ALLOWED = {
    RoundState: {("open", "closed")},
    AssignmentState: {
        ("asked", "accepted"),
        ("asked", "done"),
        ("accepted", "done"),
        ("asked", "declined"),
        ("accepted", "declined"),
        ("asked", "lapsed"),
        ("accepted", "lapsed"),
    },
}
PAIRS = [
    (table, model, source, target)
    for table, model in ((ROUND, ReviewRound), (ASSIGNMENT, Assignment))
    for source, target in itertools.product(table.states, table.states)
]


@pytest.mark.parametrize(("table", "model", "source", "target"), PAIRS)
def test_rows_move_by_their_table_only(table, model, source, target):
    row = model(state=source)

    if (source, target) in ALLOWED[table.states]:
        table.move(row, target)
        assert row.state == target
    else:
        with pytest.raises(MoveRefused):
            table.move(row, target)
        assert row.state == source


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("table", "name"),
    [
        ("reviews_reviewround", "reviews_round_state"),
        ("reviews_assignment", "reviews_assignment_state"),
    ],
)
def test_the_database_knows_no_other_state(table, name):
    reviews.assignment(reviews.review_round())

    with pytest.raises(IntegrityError, match=name), connection.cursor() as cursor:
        cursor.execute(f"update {table} set state = 'odd'")
