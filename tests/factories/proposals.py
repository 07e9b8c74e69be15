"""Proposals for tests, brought to each state by the services themselves."""

from apps.core.actor import SYSTEM, Actor
from apps.institutions.models import SeatTerm, User
from apps.institutions.offices import Office
from apps.institutions.sectors import Sector
from apps.policy.models import Rule
from apps.policy.services import RuleDraft
from apps.policy.states import StatuteKind
from apps.proposals.models import Proposal
from apps.proposals.services import (
    ballot_call,
    consultation_open,
    proposal_start,
    proposal_submit,
    proposal_withdraw,
    proposals_turn,
    text_freeze,
)
from apps.proposals.states import ProposalState
from apps.reactions.runner import settle
from apps.reviews.services import round_close, verdict_give
from apps.reviews.states import VerdictKind
from apps.voting.services import ballots_turn
from apps.voting.states import Choice
from tests.conftest import Clock
from tests.factories import institutions as make
from tests.factories import reviews, voting
from tests.factories.policy import rule_draft

S = ProposalState
TEXTS = 'listing.task == "text-generation"'


def draft(expression: str = TEXTS, **changes: object) -> RuleDraft:
    """A text without faults, with a summary."""
    facts = {"summary": "Models that write text are suspended.", "jurisdictions": []}
    return rule_draft(expression, **(facts | changes))


def started(
    author: User | None = None, *, follows: Rule | None = None, **changes: object
) -> Proposal:
    """A draft, of the next version of a rule where it follows one."""
    return proposal_start(
        actor=make.actor(author or make.person()),
        kind=StatuteKind.POLICY,
        draft=draft(**changes),
        follows=follows,
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
    judged(proposal)
    text_freeze(actor=make.actor(proposal.author), proposal=proposal)
    return fresh(proposal)


def judged(proposal: Proposal, kind: VerdictKind = VerdictKind.READY) -> Proposal:
    """A proposal whose one reviewer answered, and whose round is closed."""
    task = reviews.assignment(proposal.round)
    verdict_give(
        actor=make.actor(task.reviewer), assignment=task, kind=kind, reasons="It is clear."
    )
    round_close(actor=SYSTEM, review_round=proposal.round)
    return fresh(proposal)


def balloting(clock: Clock, author: User | None = None, **changes: object) -> Proposal:
    """A proposal whose ballot is called."""
    proposal = frozen(clock, author, **changes)
    ballot_call(actor=clerk(), proposal=proposal)
    return fresh(proposal)


def adopted(clock: Clock, author: User | None = None, **changes: object) -> Proposal:
    """A proposal that three chambers carried."""
    return concluded(clock, Choice.YES, author, **changes)


def concluded(
    clock: Clock, choice: Choice | None, author: User | None = None, **changes: object
) -> Proposal:
    """A proposal whose ballot was held, every seat marking the same, or none at all."""
    terms = voting.chambers()
    return voted(balloting(clock, author, **changes), clock, terms if choice else {}, choice)


def voted(
    proposal: Proposal, clock: Clock, terms: dict[Sector, list[SeatTerm]], choice: Choice | None
) -> Proposal:
    """Hold the ballot to its end, every seat of `terms` marking the same."""
    clock.advance("8 days")
    ballots_turn()
    for term in [term for chamber in terms.values() for term in chamber]:
        voting.marked(proposal.ballot, term, choice or Choice.ABSTAIN)
    clock.advance("30 days")
    ballots_turn()
    settle()
    return fresh(proposal)


def withdrawn(author: User | None = None) -> Proposal:
    """A proposal taken back."""
    proposal = submitted(author)
    actor = make.actor(proposal.author)
    return proposal_withdraw(actor=actor, proposal=proposal, reason="A better one came.")


def lapsed(clock: Clock, author: User | None = None) -> Proposal:
    """A proposal that waited too long."""
    proposal = submitted(author)
    clock.advance("91 days")
    proposals_turn()
    return fresh(proposal)


def in_state(state: ProposalState, clock: Clock, author: User | None = None) -> Proposal:
    """A proposal brought to a state by its whole way."""
    plain = {S.DRAFT: started, S.SUBMITTED: submitted, S.CONSULTATION: consulted}
    timed = {S.REVIEW: reviewed, S.FROZEN: frozen, S.BALLOTING: balloting, S.LAPSED: lapsed}
    ended = {S.ADOPTED: Choice.YES, S.DEFEATED: Choice.NO, S.NO_QUORUM: None}
    if state in ended:
        return concluded(clock, ended[state], author)
    if state in timed:
        return timed[state](clock, author)
    return plain.get(state, withdrawn)(author)


def clerk() -> Actor:
    """Whoever conducts proposals."""
    return make.actor(make.officer(Office.CLERK))


def fresh(proposal: Proposal) -> Proposal:
    """The proposal as it stands now."""
    return Proposal.objects.select_related("author", "round", "ballot").get(pk=proposal.pk)
