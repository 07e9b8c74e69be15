"""Preparing, opening, voting in and closing ballots."""

from apps.voting.services.closing import ballot_annul, ballot_close
from apps.voting.services.opening import ballot_open
from apps.voting.services.preparing import ballot_prepare
from apps.voting.services.turning import ballots_turn
from apps.voting.services.votes import recusal_declare, vote_cast

__all__ = [
    "ballot_annul",
    "ballot_close",
    "ballot_open",
    "ballot_prepare",
    "ballots_turn",
    "recusal_declare",
    "vote_cast",
]
