"""Proposals for tests, brought to each state by the services themselves."""

from apps.core.actor import SYSTEM, Actor
from apps.institutions.models import User
from apps.institutions.offices import Office
from apps.policy.services import RuleDraft
from apps.policy.states import StatuteKind
from apps.proposals.models import Proposal
from apps.proposals.services import (
    ballot_call,
    consultation_open,
    proposal_start,
    proposal_submit,
    proposals_turn,
    text_freeze,
)
from apps.reviews.services import round_close
from tests.conftest import Clock
from tests.factories import institutions as make
from tests.factories.policy import rule_draft

TEXTS = 'listing.task == "text-generation"'


def draft(expression: str = TEXTS, **changes: object) -> RuleDraft:
    """A text without faults, with a summary."""
    facts = {"summary": "Models that write text are suspended.", "jurisdictions": []}
    return rule_draft(expression, **(facts | changes))


def started(author: User | None = None, **changes: object) -> Proposal:
    """A draft."""
    return proposal_start(
        actor=make.actor(author or make.person()), kind=StatuteKind.POLICY, draft=draft(**changes)
    )


def submitted(author: User | None = None, **changes: object) -> Proposal:
    """A public proposal."""
    proposal = started(author, **changes)
    return proposal_submit(actor=make.actor(proposal.author), proposal=proposal)


def consulted(author: User | None = None, **changes: object) -> Proposal:
    """A proposal that takes comments."""
    return consultation_open(actor=clerk(), proposal=submitted(author, **changes))


def reviewed(clock: Clock, author: User | None = None, **changes: object) -> Proposal:
    """A proposal whose review round is open."""
    proposal = consulted(author, **changes)
    clock.advance("31 days")
    proposals_turn()
    return fresh(proposal)


def frozen(clock: Clock, author: User | None = None, **changes: object) -> Proposal:
    """A proposal whose text is frozen."""
    proposal = reviewed(clock, author, **changes)
    round_close(actor=SYSTEM, review_round=proposal.round)
    text_freeze(actor=make.actor(proposal.author), proposal=proposal)
    return fresh(proposal)


def balloting(clock: Clock, author: User | None = None, **changes: object) -> Proposal:
    """A proposal whose ballot is called."""
    proposal = frozen(clock, author, **changes)
    ballot_call(actor=clerk(), proposal=proposal)
    return fresh(proposal)


def clerk() -> Actor:
    """Whoever conducts proposals."""
    return make.actor(make.officer(Office.CLERK))


def fresh(proposal: Proposal) -> Proposal:
    """The proposal as it stands now."""
    return Proposal.objects.select_related("author", "round", "ballot").get(pk=proposal.pk)
