"""Terms: what of a listing's standings binds one marketplace, and a digest that tells changes.

A marketplace is bound by some kinds of rules in some places; measures bind whatever their kind.
Two sets of standings that come to the same for it have the same digest, however they are grouped.
Nothing here knows where standings or marketplaces are kept.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

ANY = ""
Cell = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Ground:
    """One enforced reason: a rule version with its kind, or a measure, which has none."""

    id: str
    outcome: int
    kind: str | None


@dataclass(frozen=True, slots=True)
class Held:
    """One standing: no uses means any, no territories everywhere."""

    uses: tuple[str, ...]
    territories: frozenset[str]
    grounds: tuple[Ground, ...]


@dataclass(frozen=True, slots=True)
class Bond:
    """What binds a marketplace; no places means everywhere."""

    kinds: frozenset[str]
    places: frozenset[str] | None

    def reaches(self, held: Held) -> bool:
        """Whether a standing speaks of a place where the marketplace is bound."""
        everywhere = not held.territories or self.places is None
        return everywhere or bool(held.territories & (self.places or frozenset()))

    def grounds(self, held: Held) -> Iterable[Ground]:
        """Return the reasons that bind the marketplace and are more than a permission."""
        return (
            ground
            for ground in held.grounds
            if ground.outcome and (ground.kind is None or ground.kind in self.kinds)
        )


@dataclass(frozen=True, slots=True)
class Terms:
    """The strictest outcome that binds, and the digest of all; empty where nothing binds."""

    outcome: int
    digest: str


NOTHING = Terms(0, "")


def terms(standings: Sequence[Held], bond: Bond) -> Terms:
    """Return what binds a marketplace of some standings that hold together."""
    near = [held for held in standings if bond.reaches(held)]
    grounds = sorted({ground.id for held in near for ground in bond.grounds(held)})
    if not grounds:
        return NOTHING
    cells = _cells(near, bond)
    content = [sorted([*cell, outcome] for cell, outcome in cells.items()), grounds]
    digest = hashlib.blake2b(json.dumps(content).encode(), digest_size=16).hexdigest()
    return Terms(max(cells.values()), digest)


def _cells(near: Sequence[Held], bond: Bond) -> dict[Cell, int]:
    """Return the outcome of each use in each place, less what the wider ones say already."""
    every = {
        (use, place): max((ground.outcome for ground in bond.grounds(held)), default=0)
        for held in near
        for use in held.uses or (ANY,)
        for place in _places(held, bond)
    }
    return {
        cell: outcome
        for cell, outcome in every.items()
        if cell == (ANY, ANY) or outcome != _implied(every, *cell)
    }


def _places(held: Held, bond: Bond) -> Iterable[str]:
    if not held.territories:
        return (ANY,)
    return held.territories if bond.places is None else held.territories & bond.places


def _implied(every: dict[Cell, int], use: str, place: str) -> int:
    badge = every.get((ANY, ANY), 0)
    if ANY in {use, place}:
        return badge
    return max(every.get((use, ANY), badge), every.get((ANY, place), badge))
