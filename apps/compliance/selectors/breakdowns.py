"""Whom a draft hits: counts by provider size, country, language, licence, evidence and scenario."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from apps.compliance.scenarios import EVERYWHERE, Grid, named
from apps.compliance.selectors.bearings import Bearing, Bearings
from apps.compliance.selectors.law import groups_on
from apps.compliance.selectors.simulating import Simulated, Told
from apps.licensing.models import Licence
from apps.listings.concentration import Concentration, concentration
from apps.listings.models import Provider

# Classes of providers by their listings on offer: the fewest, and the most where there is one.
SIZES: Mapping[str, tuple[int, int | None]] = {
    "1": (1, 1),
    "2-9": (2, 9),
    "10-99": (10, 99),
    "100-": (100, None),
}
# A group of fewer listings is marked as small: one listing more would move its share a lot.
SMALL = 10
HARDEST = 5
PERCENT = 100
# A draft is flagged where the better half is made stricter this much more often, and this often.
FLAG_TIMES, FLAG_LEAST = Fraction(5, 4), 5

Plain = dict[str, Any]


@dataclass(slots=True)
class Count:
    """Listings of one group; of those, whose answers change, get stricter, get milder."""

    listings: int = 0
    changed: int = 0
    stricter: int = 0
    milder: int = 0

    def add(self, bearing: Bearing, listings: int) -> None:
        """Count listings that stand alike."""
        self.listings += listings
        if bearing.cells.changed:
            self.changed += listings
        if bearing.cells.stricter:
            self.stricter += listings
        if bearing.cells.milder:
            self.milder += listings

    def plain(self) -> Plain:
        """Return it as plain values."""
        return {
            "listings": self.listings,
            "changed": self.changed,
            "stricter": self.stricter,
            "milder": self.milder,
        }


@dataclass(slots=True)
class Owners:
    """Listings that may be offered for every use everywhere, by owner, before and after."""

    before: Counter[str] = field(default_factory=Counter)
    after: Counter[str] = field(default_factory=Counter)


Counts = defaultdict[Any, Count]


def broken_down(found: Simulated, bearings: Bearings) -> Plain:
    """Return the counts by every way of telling listings apart, as plain values."""
    counts: dict[Told, Counts] = {told: defaultdict(Count) for told in Told}
    owners, owner_of = Owners(), _owners()
    for group in found.groups:
        bearing = bearings.of(group.signature)
        counts[group.told][group.value].add(bearing, group.listings)
        if group.told is Told.PROVIDER:
            _offered(owners, bearing, owner_of(group.value[0]), group.listings)
    whole = counts[Told.NOTHING][None]
    groups = _groups(counts)
    return {
        "groups": groups,
        "hardest": _hardest(groups, whole),
        "disclosure": _leaning(counts[Told.DOCUMENTED]),
        "care": _leaning(counts[Told.CARE]),
        "concentration": {
            "before": _concentrated(concentration(owners.before)),
            "after": _concentrated(concentration(owners.after)),
        },
    }


def by_scenario(found: Simulated, bearings: Bearings) -> list[Plain]:
    """Return for each use in each class of places how many answers change; without change, none."""
    cells: Counter[Any] = Counter()
    for group in found.groups:
        if group.told is Told.NOTHING:
            cells[bearings.of(group.signature).cells] += group.listings
    grid = bearings.law.grid
    sums = [Count() for _ in range(grid.size)]
    for some, listings in cells.items():
        for what in ("changed", "stricter", "milder"):
            for cell in _places(getattr(some, what)):
                sums[cell] = _more(sums[cell], what, listings)
    known = groups_on(bearings.law.moment.date())
    return [
        {
            "use": grid.uses[cell % len(grid.uses)],
            "jurisdictions": _named(grid, cell // len(grid.uses), known),
            "changed": count.changed,
            "stricter": count.stricter,
            "milder": count.milder,
        }
        for cell, count in enumerate(sums)
        if count.changed
    ]


def by_code(found: Simulated, bearings: Bearings, what: str) -> list[Plain]:
    """Return for each duty, or condition, for how many listings it holds before and after."""
    before: Counter[str] = Counter()
    after: Counter[str] = Counter()
    for group in found.groups:
        if group.told is Told.NOTHING:
            old, new = getattr(bearings.of(group.signature), what)
            before.update(dict.fromkeys(old, group.listings))
            after.update(dict.fromkeys(new, group.listings))
    own = getattr(bearings.law.rules[-1].source, what)
    codes = {code for code in before | after if before[code] != after[code]} | set(own)
    return [{"code": code, "before": before[code], "after": after[code]} for code in sorted(codes)]


def _groups(counts: Mapping[Told, Counts]) -> dict[str, list[Plain]]:
    providers = counts[Told.PROVIDER]
    families = _families()
    return {
        "size": _rows(_regrouped(_by_size(providers)), SIZES),
        "country": _rows(_regrouped((country, one) for (_, country), one in providers.items())),
        "language": _rows(_regrouped(_by_language(counts[Told.LANGUAGES]))),
        "licence": _rows(
            _regrouped((families.get(one, ""), row) for one, row in counts[Told.LICENCE].items())
        ),
        "documented": _rows(counts[Told.DOCUMENTED]),
        "care": _rows(counts[Told.CARE]),
    }


def _by_size(providers: Counts) -> Iterator[tuple[str, Count]]:
    sizes: Counter[uuid.UUID] = Counter()
    for (provider, _country), count in providers.items():
        sizes[provider] += count.listings
    for (provider, _country), count in providers.items():
        yield _size(sizes[provider]), count


def _size(listings: int) -> str:
    return next(
        name
        for name, (least, most) in SIZES.items()
        if least <= listings and (most is None or listings <= most)
    )


def _by_language(counts: Counts) -> Iterator[tuple[str, Count]]:
    """Return a listing for each of its languages; one that names none has none."""
    for languages, count in counts.items():
        for language in set(languages) or {""}:
            yield language, count


def _regrouped(rows: Iterable[tuple[str, Count]]) -> Counts:
    sums: Counts = defaultdict(Count)
    for value, count in rows:
        one = sums[value]
        one.listings += count.listings
        one.changed += count.changed
        one.stricter += count.stricter
        one.milder += count.milder
    return sums


def _rows(counts: Mapping[Any, Count], order: Iterable[Any] = ()) -> list[Plain]:
    """Return groups as rows: in an order of their own, else by value."""
    wanted = [value for value in order if value in counts] or sorted(counts)
    return [
        {"group": value, "small": counts[value].listings < SMALL} | counts[value].plain()
        for value in wanted
    ]


def _hardest(groups: Mapping[str, list[Plain]], whole: Count) -> list[Plain]:
    """Return the groups with the largest share changed, the hardest first.

    `times` is that share against the share of all, in percent.
    """
    if not whole.changed or whole.changed == whole.listings:
        return []
    share = Fraction(whole.changed, whole.listings)
    rows: list[Plain] = [
        {"by": by, "times": round(Fraction(row["changed"], row["listings"]) / share * PERCENT)}
        | row
        for by, rows in groups.items()
        for row in rows
    ]
    harder = [row for row in rows if row["times"] > PERCENT]
    harder.sort(key=lambda row: (row["small"], -row["times"], -row["changed"], row["by"]))
    return harder[:HARDEST]


def _leaning(counts: Mapping[int, Count]) -> Plain:
    """Return how often listings get stricter in the better half, against the other.

    The halves are parted at the count that comes nearest to halving the listings. `flagged` says
    that having more makes it worse.
    """
    whole = sum(count.listings for count in counts.values())
    below = {
        level: sum(count.listings for value, count in counts.items() if value < level)
        for level in counts
    }
    level = min(below, key=lambda one: (abs(2 * below[one] - whole), one), default=0)
    better, others = Count(), Count()
    for value, count in counts.items():
        half = better if value >= level else others
        half.listings += count.listings
        half.stricter += count.stricter
    return {
        "from": level,
        "better": {"listings": better.listings, "stricter": better.stricter},
        "others": {"listings": others.listings, "stricter": others.stricter},
        "flagged": _flagged(better, others),
    }


def _flagged(better: Count, others: Count) -> bool:
    if better.stricter < FLAG_LEAST or not others.listings:
        return False
    share = Fraction(better.stricter, better.listings)
    return share > FLAG_TIMES * Fraction(others.stricter, others.listings)


def _offered(owners: Owners, bearing: Bearing, owner: str, listings: int) -> None:
    before, after = bearing.offered
    if before:
        owners.before[owner] += listings
    if after:
        owners.after[owner] += listings


def _owners() -> Any:
    """Return what says whose a provider is: its owner group's, else its own."""
    grouped = dict(
        Provider.objects.filter(owner_group__isnull=False).values_list("pk", "owner_group_id")
    )
    return lambda provider: str(grouped.get(provider, provider))


def _concentrated(found: Concentration) -> Plain:
    return {
        "listings": found.total,
        "owners": found.participants,
        "hhi": found.hhi,
        "largest_four": found.cr4,
    }


def _families() -> dict[str, str]:
    return dict(Licence.objects.values_list("id", "family"))


def _places(cells: int) -> Iterator[int]:
    while cells:
        low = cells & -cells
        yield low.bit_length() - 1
        cells ^= low


def _more(count: Count, what: str, listings: int) -> Count:
    setattr(count, what, getattr(count, what) + listings)
    return count


def _named(grid: Grid, place: int, known: Mapping[str, frozenset[str]]) -> list[str]:
    return [EVERYWHERE] if place == 0 else named(grid.classes[place], known)
