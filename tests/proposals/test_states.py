"""Every pair of states."""

import itertools

import pytest
from django.db import IntegrityError, connection

from apps.core.errors import MoveRefused
from apps.proposals.models import Comment, Proposal
from apps.proposals.states import COMMENT, PROPOSAL, CommentState, ProposalState
from tests.factories import proposals as factory

ALLOWED = {
    *(("draft", "submitted"), ("submitted", "consultation"), ("consultation", "review")),
    *(("review", "consultation"), ("review", "frozen"), ("frozen", "balloting")),
    *(("balloting", "adopted"), ("balloting", "defeated"), ("balloting", "no-quorum")),
    *(("draft", "withdrawn"), ("submitted", "withdrawn"), ("consultation", "withdrawn")),
    *(("review", "withdrawn"), ("frozen", "withdrawn"), ("balloting", "withdrawn")),
    *(("submitted", "lapsed"), ("review", "lapsed"), ("frozen", "lapsed")),
}
MODERATED = {
    *(("posted", "removed"), ("removed", "appealed")),
    *(("appealed", "restored"), ("appealed", "upheld")),
}


@pytest.mark.parametrize(
    ("table", "model", "states", "allowed"),
    [
        (PROPOSAL, Proposal, ProposalState, ALLOWED),
        (COMMENT, Comment, CommentState, MODERATED),
    ],
)
def test_states_move_by_their_tables_only(table, model, states, allowed):
    for source, target in itertools.product(states, states):
        row = model(state=source)
        if (source, target) in allowed:
            table.move(row, target)
            assert row.state == target
        else:
            with pytest.raises(MoveRefused):
                table.move(row, target)
            assert row.state == source


@pytest.mark.django_db
def test_the_database_knows_no_other_state():
    factory.started()

    with pytest.raises(IntegrityError), connection.cursor() as cursor:
        cursor.execute("update proposals_proposal set state = 'forgotten'")
