"""Act → handlers, and what time itself brings: both tables, written by hand."""

from collections.abc import Callable

from apps.cases.services import cases_turn
from apps.clocks.services import clocks_expire
from apps.compliance.services import acknowledgements_turn, standings_turn
from apps.journal.services import Consumer
from apps.journal.services.trail import TRAIL
from apps.policy.services import rules_turn
from apps.proposals.services import proposals_turn
from apps.reactions.on_ballot_closed import BALLOTS_CONCLUDED
from apps.reactions.on_licence_name_settled import LICENCES_RECOGNISED
from apps.reactions.on_register_or_law_changed import STANDINGS
from apps.reviews.services import reviews_turn
from apps.voting.services import ballots_turn

CONSUMERS: tuple[Consumer, ...] = (TRAIL, LICENCES_RECOGNISED, STANDINGS, BALLOTS_CONCLUDED)

# Services called about once a second. Each asks `core_now()` what is due, changes nothing where
# nothing is, and may be called by two runners at once.
TICKS: tuple[Callable[[], object], ...] = (
    rules_turn,
    standings_turn,
    acknowledgements_turn,
    clocks_expire,
    ballots_turn,
    reviews_turn,
    cases_turn,
    proposals_turn,
)
