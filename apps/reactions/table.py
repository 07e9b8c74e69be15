"""Act → handlers, and what time itself brings: both tables, written by hand."""

from collections.abc import Callable

from apps.cases.services import cases_turn
from apps.clocks.services import clocks_expire, clocks_remind
from apps.compliance.services import acknowledgements_turn, standings_turn
from apps.journal.services import Consumer, consumer_of
from apps.policy.services import rules_turn
from apps.proposals.services import commencements_turn, proposals_remind, proposals_turn
from apps.reactions.on_acknowledgements_moved import ON_ACKNOWLEDGEMENTS
from apps.reactions.on_act_parked import ON_PARKED
from apps.reactions.on_ballot_closed import BALLOTS_CONCLUDED
from apps.reactions.on_ballot_moved import ON_BALLOTS
from apps.reactions.on_case_moved import ON_CASES
from apps.reactions.on_contest_moved import ON_CONTESTS
from apps.reactions.on_deadline import ON_DEADLINES
from apps.reactions.on_licence_name_settled import LICENCES_RECOGNISED
from apps.reactions.on_place_given import ON_PLACES
from apps.reactions.on_proposal_moved import ON_PROPOSALS
from apps.reactions.on_register_moved import ON_REGISTER
from apps.reactions.on_register_or_law_changed import STANDINGS
from apps.reactions.on_review_moved import ON_REVIEWS
from apps.reactions.on_rule_entered import IMPACTS_KEPT, ON_RULES
from apps.reactions.on_rule_renewed import CONTESTS_RENEWED
from apps.reactions.on_rule_started import IMPACTS_RECOMPUTED
from apps.reactions.on_standings_changed import ON_STANDINGS
from apps.reactions.on_urgent_act import ON_URGENT_ACTS
from apps.reviews.services import reviews_turn
from apps.voting.services import ballots_turn

# Who hears of which act; each kind of act has one place that tells of it.
NOTICES = consumer_of(
    "notices",
    {
        **ON_CASES,
        **ON_CONTESTS,
        **ON_URGENT_ACTS,
        **ON_DEADLINES,
        **ON_REVIEWS,
        **ON_PROPOSALS,
        **ON_BALLOTS,
        **ON_RULES,
        **ON_STANDINGS,
        **ON_ACKNOWLEDGEMENTS,
        **ON_REGISTER,
        **ON_PLACES,
        **ON_PARKED,
    },
)
CONSUMERS: tuple[Consumer, ...] = (
    LICENCES_RECOGNISED,
    STANDINGS,
    BALLOTS_CONCLUDED,
    IMPACTS_RECOMPUTED,
    IMPACTS_KEPT,
    CONTESTS_RENEWED,
    NOTICES,
)

# Services called about once a second. Each asks `core_now()` what is due, changes nothing where
# nothing is, and may be called by two runners at once.
TICKS: tuple[Callable[[], object], ...] = (
    commencements_turn,
    rules_turn,
    standings_turn,
    acknowledgements_turn,
    clocks_expire,
    clocks_remind,
    ballots_turn,
    reviews_turn,
    cases_turn,
    proposals_turn,
    proposals_remind,
)
