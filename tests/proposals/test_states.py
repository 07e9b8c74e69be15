"""Every pair of states, and every step by everyone in every state."""

import itertools

import pytest
from django.db import IntegrityError, connection

from apps.core.errors import DomainError, MoveRefused, NotPermitted
from apps.institutions.offices import Office
from apps.journal.models import RecordedAct
from apps.proposals import services
from apps.proposals.models import Comment, Proposal
from apps.proposals.states import COMMENT, PROPOSAL, CommentState, ProposalState
from tests.factories import institutions as make
from tests.factories import proposals as factory

ALLOWED = {
    *(("draft", "submitted"), ("submitted", "consultation"), ("consultation", "review")),
    *(("review", "consultation"), ("review", "frozen"), ("frozen", "balloting")),
    *(("balloting", "adopted"), ("balloting", "defeated"), ("balloting", "no-quorum")),
    *(("draft", "withdrawn"), ("submitted", "withdrawn"), ("consultation", "withdrawn")),
    *(("review", "withdrawn"), ("frozen", "withdrawn")),
    *(("submitted", "lapsed"), ("review", "lapsed"), ("frozen", "lapsed")),
}
MODERATED = {
    *(("posted", "removed"), ("removed", "appealed")),
    *(("appealed", "restored"), ("appealed", "upheld")),
}
PEOPLE = ("author", "clerk", "stranger")
STEPS = {
    "submit": (services.proposal_submit, {}, {"author"}, "draft"),
    "consult": (services.consultation_open, {}, {"clerk"}, "submitted"),
    "withdraw": (services.proposal_withdraw, {"reason": "No."}, {"author"}, "draft submitted"),
    "call": (services.ballot_call, {}, {"clerk"}, ""),
    "freeze": (services.text_freeze, {}, {"author", "clerk"}, ""),
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


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["draft", "submitted", "consultation"])
@pytest.mark.parametrize("step", STEPS)
def test_each_step_is_for_its_people_in_its_states(step, state):
    service, words, people, states = STEPS[step]
    make_it = {"draft": factory.started, "submitted": factory.submitted}
    proposal = make_it.get(state, factory.consulted)()
    actors = {
        "stranger": make.actor(make.person("Bina Das")),
        "clerk": make.actor(make.officer(Office.CLERK)),
        "author": make.actor(proposal.author),
    }

    for who in PEOPLE:
        if who in people and state in [*states.split(), *(["consultation"] * (step == "withdraw"))]:
            continue
        acts = RecordedAct.objects.count()
        with pytest.raises(DomainError) as refused:
            service(actor=actors[who], proposal=proposal, **words)
        assert isinstance(refused.value, NotPermitted) == (who not in people)
        assert factory.fresh(proposal).state == state
        assert RecordedAct.objects.count() == acts
