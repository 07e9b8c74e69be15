"""What someone owes in deliberation: verdicts, votes, steps of proposals, appeals of comments."""

import datetime as dt

from apps.clocks.models import Clock
from apps.core.actor import Actor
from apps.core.dues import Due
from apps.core.needs import Need
from apps.proposals.models import Proposal
from apps.proposals.selectors.steps import proposals_owed, removals_owed
from apps.reviews.selectors import reviews_owed
from apps.voting.selectors.ballots import ballots_awaiting

MOST = 50


def deliberation_owed(actor: Actor, moment: dt.datetime) -> list[Need]:
    """Return what waits for a person, at most fifty of each kind; of a stranger nothing."""
    if actor.person is None:
        return []
    reviews = [Need("review", row, _due(row.clock, moment)) for row in reviews_owed(actor)[:MOST]]
    ballots = [
        Need("ballot", row, Due(row.ballot.closes_at, moment, row.ballot.procedure.source))
        for row in ballots_awaiting(actor).select_related("ballot__procedure")[:MOST]
    ]
    steps = [Need("proposal", row, _until(row, moment)) for row in proposals_owed(actor)[:MOST]]
    appeals = [Need("removal", row) for row in removals_owed(actor)[:MOST]]
    return [*reviews, *ballots, *steps, *appeals]


def _due(clock: Clock, moment: dt.datetime) -> Due:
    return Due(clock.due_at, moment, clock.rule.legal_source, clock.started_at)


def _until(proposal: Proposal, moment: dt.datetime) -> Due | None:
    if proposal.due_at is None or proposal.deadline is None:
        return None
    return Due(proposal.due_at, moment, proposal.deadline.legal_source)
