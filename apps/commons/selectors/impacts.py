"""What a text would change as a picture: listings flow from how they stand to how they would."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from apps.compliance.selectors.foretold import Foretold, foretold_of, shadow_of
from apps.compliance.selectors.standings import with_badges
from apps.compliance.tables import Breakdown, breakdown
from apps.core.errors import Text
from apps.core.pagination import Page, keyset_page
from apps.policy.engine import Mode, Outcome
from apps.policy.models import RuleVersion
from apps.policy.states import RuleOutcome
from apps.proposals.models import Impact
from apps.proposals.selectors.proposals import listings_changed

TALL = 190
GAP = 20
LEFT, RIGHT, BEND = 100, 186, 143
LISTED = 20
MARGIN = 34


@dataclass(frozen=True, slots=True)
class Pile:
    """The listings of one outcome on one side of the picture."""

    outcome: int
    label: Text
    listings: int
    y: float
    height: float

    @property
    def middle(self) -> float:
        """Where its words stand."""
        return round(self.y + self.height / 2 + 4.5, 1)


@dataclass(frozen=True, slots=True)
class Stream:
    """The listings that go from one outcome to another, as the path of an SVG."""

    outcome: int
    stays: bool
    path: str


@dataclass(frozen=True, slots=True)
class Line:
    """One outcome in the table beside the picture."""

    label: Text
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Turn:
    """How many listings would go from one outcome to another."""

    before: Text
    after: Text
    listings: int


@dataclass(frozen=True, slots=True)
class ImpactShown:
    """One impact as a page shows it; `on_trial`: its rule would only say so, and change nothing."""

    impact: Impact
    on_trial: bool
    before: list[Pile]
    after: list[Pile]
    streams: list[Stream]
    lines: list[Line]
    turns: list[Turn]
    box: int
    changed: Page
    breakdown: Breakdown | None

    @property
    def changes(self) -> int:
        """How many listings would stand otherwise, for any use in any place."""
        return int(getattr(self.impact, "changes", 0))


@dataclass(frozen=True, slots=True)
class TrialLine:
    """Listings that stand one way and would stand another, since when."""

    stands: Text
    would: Text
    listings: int
    since_at: dt.datetime


@dataclass(frozen=True, slots=True)
class ForetoldShown:
    """What a version was to touch beside what it touches; of one on trial, what it would do."""

    found: Foretold
    trial: list[TrialLine]
    breakdown: Breakdown | None


def foretold_shown(version: RuleVersion) -> ForetoldShown | None:
    """Return how what was foretold of a version turned out; nothing before it was worked out."""
    found = foretold_of(version)
    if found is None:
        return None
    turns = shadow_of(version) if version.mode != Mode.ENFORCE else []
    lines = [
        TrialLine(
            RuleOutcome(turn.outcome).label,
            RuleOutcome(turn.would_be).label,
            turn.listings,
            turn.since_at,
        )
        for turn in turns
    ]
    return ForetoldShown(found, lines, breakdown(found.entered.document))


def impact_shown(impact: Impact, mode: str, after: str = "") -> ImpactShown:
    """Return the picture of an impact; of a rule on trial, with what such rules would do."""
    on_trial = mode != Mode.ENFORCE
    rows = impact.would_be if on_trial else impact.enforced
    pairs = {
        (Outcome.of(row["before"]), Outcome.of(row["after"])): int(row["listings"]) for row in rows
    }
    unit = TALL / max(sum(pairs.values()), 1)
    before, befores = _piles(_sums(pairs, 0), unit)
    reached, afters = _piles(_sums(pairs, 1), unit)
    return ImpactShown(
        impact=impact,
        on_trial=on_trial,
        before=before,
        after=reached,
        streams=_streams(pairs, befores, afters, unit),
        lines=_lines(pairs),
        turns=[
            Turn(_words(old), _words(new), number)
            for (old, new), number in sorted(pairs.items())
            if old != new
        ],
        box=_box([*before, *reached]),
        changed=keyset_page(
            with_badges(listings_changed(impact)), order=("name", "id"), after=after, size=LISTED
        ),
        breakdown=breakdown(impact.document),
    )


def _box(piles: list[Pile]) -> int:
    """Return how tall the picture is, its words above and below included."""
    return round(max((pile.y + pile.height for pile in piles), default=0)) + MARGIN


def _words(outcome: Outcome) -> Text:
    return RuleOutcome(int(outcome)).label


def _sums(pairs: Mapping[tuple[Outcome, Outcome], int], side: int) -> Counter[Outcome]:
    sums = Counter[Outcome]()
    for pair, number in pairs.items():
        sums[pair[side]] += number
    return sums


def _piles(sums: Counter[Outcome], unit: float) -> tuple[list[Pile], dict[Outcome, float]]:
    """Return the piles from the mildest down, and where each begins."""
    piles, y = [], 0.0
    for outcome in sorted(sums):
        height = round(sums[outcome] * unit, 1)
        piles.append(Pile(int(outcome), _words(outcome), sums[outcome], round(y, 1), height))
        y += height + GAP
    return piles, {Outcome(pile.outcome): pile.y for pile in piles}


def _streams(
    pairs: Mapping[tuple[Outcome, Outcome], int],
    befores: dict[Outcome, float],
    afters: dict[Outcome, float],
    unit: float,
) -> list[Stream]:
    streams = []
    for old, new in sorted(pairs):
        width = pairs[old, new] * unit
        streams.append(
            Stream(int(new), old == new, _path(befores[old], afters[new], max(width, 1)))
        )
        befores[old] += width
        afters[new] += width
    return streams


def _path(left: float, right: float, width: float) -> str:
    a, b, c, d = (f"{y:.1f}" for y in (left, right, right + width, left + width))
    return f"M{LEFT} {a}C{BEND} {a} {BEND} {b} {RIGHT} {b}V{c}C{BEND} {c} {BEND} {d} {LEFT} {d}z"


def _lines(pairs: Mapping[tuple[Outcome, Outcome], int]) -> list[Line]:
    before, after = _sums(pairs, 0), _sums(pairs, 1)
    known: Iterable[Outcome] = sorted({*before, *after})
    return [Line(_words(one), before[one], after[one]) for one in known]
