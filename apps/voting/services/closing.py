"""The ballot ends and is counted, in one transaction."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.core.actor import Actor
from apps.core.clock import now
from apps.institutions.sectors import Sector
from apps.journal.services import record
from apps.voting import errors
from apps.voting.acts import BallotAnnulled, BallotClosed
from apps.voting.models import Ballot, Tally
from apps.voting.selectors.counting import chambers_of
from apps.voting.services.locking import locked
from apps.voting.services.votes import LONGEST_REASON
from apps.voting.states import BALLOT, BallotState, ChamberResult, Outcome
from apps.voting.tally import concurrent_majority


@transaction.atomic
def ballot_close(*, actor: Actor, ballot: Ballot) -> Ballot:
    """Close the ballot and count it; anyone may, once its time has passed.

    Votes wait for this lock or were there before it, and the count is written with the closing: a
    closed ballot without its result would be a lie.
    """
    ballot, moment = locked(ballot.pk), now()
    if ballot.state == BallotState.OPEN and moment < ballot.closes_at:
        raise errors.TooEarly(_("It closes at a later time."))
    BALLOT.move(ballot, BallotState.CLOSED)
    ballot.closed_at = moment
    _count(ballot)
    ballot.save()
    record(
        BallotClosed(
            subject=ballot.pk,
            matter=ballot.subject,
            outcome=ballot.outcome,
            results=dict(ballot.tallies.values_list("sector", "result")),
        ),
        actor=actor,
    )
    return ballot


def _count(ballot: Ballot) -> None:
    chambers = chambers_of(ballot)
    settings = ballot.procedure
    count = concurrent_majority(
        {sector.value: chambers[sector] for sector in Sector},
        quorum=settings.quorum,
        threshold=settings.threshold,
    )
    Tally.objects.bulk_create(
        Tally(
            ballot=ballot,
            sector=sector,
            roll=chambers[sector].roll,
            recused=chambers[sector].recused,
            yes=chambers[sector].yes,
            no=chambers[sector].no,
            abstain=chambers[sector].abstain,
            result=ChamberResult(count.verdicts[sector.value].value),
        )
        for sector in Sector
    )
    BALLOT.move(ballot, BallotState.TALLIED)
    ballot.outcome = Outcome(count.outcome.value)


@transaction.atomic
def ballot_annul(*, actor: Actor, ballot: Ballot, reason: str) -> Ballot:
    """Call a ballot off before its end; the convener asks who may, as for `ballot_prepare`."""
    ballot = locked(ballot.pk)
    if not 0 < len(reason.strip()) <= LONGEST_REASON:
        raise errors.ReasonMissing(field="reason")
    BALLOT.move(ballot, BallotState.ANNULLED)
    ballot.annulment, ballot.closed_at = reason.strip(), now()
    ballot.save()
    record(
        BallotAnnulled(subject=ballot.pk, matter=ballot.subject, reason=ballot.annulment),
        actor=actor,
    )
    return ballot
