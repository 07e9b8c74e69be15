"""What waits for whom: the next step of a proposal, and appeals against removals."""

import pytest

from apps.core.actor import ANONYMOUS, SYSTEM
from apps.institutions.offices import Office
from apps.institutions.sectors import Sector
from apps.proposals.selectors.steps import (
    StepName,
    proposals_owed,
    removals_owed,
    steps_for,
)
from apps.proposals.services import comment_post, comment_remove, removal_appeal
from apps.proposals.states import ProposalState as P
from apps.reviews.services import round_close
from apps.reviews.states import VerdictKind
from tests.factories import institutions as make
from tests.factories import proposals as factory

pytestmark = pytest.mark.django_db
OWED = {
    "author": {P.DRAFT, P.REVIEW},
    "clerk": {P.SUBMITTED, P.REVIEW, P.FROZEN},
    "stranger": set(),
    "nobody": set(),
}


@pytest.mark.parametrize("state", P)
def test_the_next_step_waits_for_its_people(state, clock):
    proposal = factory.in_state(state, clock)
    if state == P.REVIEW:
        factory.judged(proposal)
    people = {
        "author": make.actor(proposal.author),
        "clerk": factory.clerk(),
        "stranger": make.actor(make.person("Bina Das")),
        "nobody": ANONYMOUS,
    }

    for who, actor in people.items():
        owed = [row.code for row in proposals_owed(actor)]
        assert owed == ([proposal.code] if state in OWED[who] else []), who


def test_nothing_waits_while_reviewers_are_at_work(clock):
    proposal = factory.reviewed(clock)

    assert list(proposals_owed(make.actor(proposal.author))) == []
    [step] = [s for s in steps_for(factory.clerk(), proposal) if s.name == StepName.FREEZE]
    assert step.waits == "The review round is still open."


@pytest.mark.parametrize("kind", [None, *VerdictKind])
def test_after_the_round_it_is_said_what_can_be_done(kind, clock):
    proposal = factory.reviewed(clock)
    if kind:
        factory.judged(proposal, kind)
    else:
        round_close(actor=SYSTEM, review_round=proposal.round)

    found = steps_for(factory.clerk(), factory.fresh(proposal))
    steps = {step.name: str(step.waits) for step in found}
    [owed] = proposals_owed(factory.clerk())

    few, held = "The review ended with too few verdicts.", "This text has been reviewed."
    blocked = "A reviewer blocked this text, with reasons."
    freeze, renew = {None: (few, ""), VerdictKind.BLOCK: (blocked, blocked)}.get(kind, ("", held))
    assert (steps[StepName.FREEZE], steps[StepName.RENEW]) == (freeze, renew)
    assert owed.answered is (kind is not None)


def test_the_first_due_comes_first(clock):
    first = factory.submitted()
    clock.advance("1 day")
    second = factory.submitted()

    assert [row.code for row in proposals_owed(factory.clerk())] == [first.code, second.code]


def test_an_appeal_waits_for_the_chairs_who_did_not_remove_the_comment():
    remover = make.officer(Office.CLERK)
    make.officer(Office.CHAIR, sector=Sector.SAMAJ, user=remover)
    writer = make.actor(make.person("Bina Das"))
    comment = comment_post(actor=writer, proposal=factory.consulted(), text="Too wide.")
    comment_remove(actor=make.actor(remover), comment=comment, reason="Off the matter.")
    chair = make.actor(make.officer(Office.CHAIR, sector=Sector.SARKAR))
    assert list(removals_owed(chair)) == []

    removal_appeal(actor=writer, comment=comment, reason="It is not.")

    assert list(removals_owed(chair)) == [comment]
    assert list(removals_owed(make.actor(remover))) == []
    assert list(removals_owed(writer)) == []
