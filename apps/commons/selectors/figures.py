"""Live figures of the home page."""

from dataclasses import dataclass

from apps.cases.selectors import public_cases
from apps.commons.selectors.rules import rules_by_state
from apps.compliance.selectors.standings import figures
from apps.core.errors import Text
from apps.listings.models import Dispute, Provider
from apps.listings.states import DisputeState
from apps.policy.models import RuleVersion
from apps.policy.selectors import gazette
from apps.policy.states import RuleOutcome, RuleState
from apps.proposals.selectors.proposals import proposals
from apps.proposals.states import ProposalState
from apps.voting.selectors import open_ballots

LATEST_RULES = 4


@dataclass(frozen=True, slots=True)
class Bar:
    """One stretch of the picture: an outcome, how many listings, where it begins and how wide."""

    outcome: int
    label: Text
    count: int
    start: float
    width: float

    @property
    def middle(self) -> float:
        """Where its number stands."""
        return self.start + self.width / 2


@dataclass(frozen=True, slots=True)
class HomeFigures:
    """What goes on in the hall today."""

    listings: int
    unconditional: int
    would_change: int
    providers: int
    disputes: int
    ballots: int
    consultations: int
    cases: int
    rules: dict[str, int]
    bars: list[Bar]


def home_figures() -> HomeFigures:
    """Return the figures, in a fixed number of queries."""
    counted = figures()
    rules = rules_by_state()
    return HomeFigures(
        listings=counted.listings,
        unconditional=counted.unconditional,
        would_change=counted.would_change,
        providers=Provider.objects.count(),
        disputes=Dispute.objects.filter(state=DisputeState.OPENED).count(),
        ballots=open_ballots().count(),
        consultations=proposals(state=ProposalState.CONSULTATION).count(),
        cases=public_cases().count(),
        rules={state.name.lower(): rules[state] for state in RuleState},
        bars=bars({int(outcome): n for outcome, n in counted.by_outcome.items()}),
    )


def bars(counted: dict[int, int]) -> list[Bar]:
    """Return the stretches of a bar as percentages of its width; an empty one has none."""
    total = sum(counted.values())
    found, start = [], 0.0
    for value, label in RuleOutcome.choices:
        count = counted.get(value, 0)
        width = 100 * count / total if total else 0.0
        found.append(Bar(value, label, count, round(start, 2), round(width, 2)))
        start += width
    return found


def latest_rules() -> list[RuleVersion]:
    """Return the rules that began last."""
    return list(gazette().filter(state=RuleState.IN_FORCE)[:LATEST_RULES])
