"""How concentrated a market is: measures over shares, in plain arithmetic.

The Herfindahl-Hirschman index is the sum of squared percentage shares, from near 0 to 10,000.
Which layer is counted (listings, downloads, what others are made from) decides the answer, so a
figure is worth nothing without its layer and coverage.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

WHOLE = 10_000
FEWEST = 5


@dataclass(frozen=True, slots=True)
class Concentration:
    """The measures of one layer; `None` where fewer than five take part and one would be seen."""

    participants: int
    total: int
    hhi: int | None
    cr1: int | None
    cr4: int | None
    effective: float | None


def concentration(amounts: Mapping[str, int]) -> Concentration:
    """Return the measures over the amounts of each participant; owner groups count as one.

    HHI is rounded to a whole number, shares (CR1, CR4) to whole percent; all are computed exactly
    before. An amount of nothing takes no part. Raises `ValueError` for a negative one.
    """
    if any(amount < 0 for amount in amounts.values()):
        raise ValueError("An amount is negative.")
    sizes = sorted((amount for amount in amounts.values() if amount), reverse=True)
    total = sum(sizes)
    if len(sizes) < FEWEST:
        return Concentration(len(sizes), total, None, None, None, None)
    hhi = Fraction(WHOLE * sum(size * size for size in sizes), total * total)
    return Concentration(
        participants=len(sizes),
        total=total,
        hhi=round(hhi),
        cr1=round(Fraction(100 * sizes[0], total)),
        cr4=round(Fraction(100 * sum(sizes[:4]), total)),
        effective=round(float(WHOLE / hhi), 1),
    )


def delta_of_merger(amounts: Mapping[str, int], one: str, other: str) -> int:
    """Return by how much the index would rise if two became one: twice the product of shares."""
    total = sum(amounts.values())
    return round(Fraction(2 * WHOLE * amounts[one] * amounts[other], total * total))
