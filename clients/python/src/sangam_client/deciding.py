"""Deciding by looking up: a listing's signature, and what that means for a use in a place.

What a signature means is worked out once and kept, so a decision is a few lookups.
"""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sangam_client.bundle import Bundle, fields
from sangam_client.meanings import (
    CONDITION,
    OUTCOMES,
    RESTRICT,
    Demand,
    Law,
    Meaning,
    Reason,
    Signature,
    signature_of,
)

HUBS = {"hf": "huggingface", "hub": "huggingface"}


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer. `stale` says that the bundle is past its age or its time."""

    outcome: str
    would_be: str
    may_be_offered: bool
    registered: bool
    listing: str
    version: int | None
    use: str
    jurisdiction: str
    reasons: tuple[Reason, ...]
    conditions: tuple[Demand, ...]
    duties: tuple[Demand, ...]
    exemptions: tuple[str, ...]
    allowed_jurisdictions: tuple[str, ...] | None
    facts_version: int | None
    ruleset_version: int
    stale: bool
    contest: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One version of a listing."""

    listing: str
    version: int
    facts: int
    signature: Signature


class Table:
    """A verified bundle, ready to decide. It never asks anybody."""

    def __init__(self, bundle: Bundle, *, fail_closed: Collection[str] = ()) -> None:
        manifest = self.manifest = bundle.manifest
        grid = manifest["grid"]
        self.uses: dict[str, int] = {use: number for number, use in enumerate(grid["uses"])}
        self.places: Mapping[str, int] = grid["places"]
        self.groups: Mapping[str, list[str]] = grid["groups"]
        # Where a place's cells begin: a use's own number added is its cell.
        self.rows = {place: row * len(self.uses) for place, row in self.places.items()}
        self.size = len(self.uses) * (max(self.places.values()) + 1)
        self.law = Law(manifest, self.size)
        self.fail_closed = {*manifest["fail_closed"], *fail_closed}
        self.ends = min(
            dt.datetime.fromisoformat(manifest["until"]),
            dt.datetime.fromisoformat(manifest["made_at"])
            + dt.timedelta(seconds=manifest["max_age"]),
        )
        self.names: dict[str, Entry] = {}
        self.bare: dict[str, dict[int, str]] = {}
        self.hubs: dict[str, Entry] = {}
        self.versions: dict[tuple[str, int], Entry] = {}
        self.weights: dict[str, Entry] = {}
        self._read(bundle)

    def outcome(
        self, model: str, use: str = "general", place: str = "*", *, commercial: bool = True
    ) -> str:
        """Return the bare outcome for one territory, by a name as the register writes it."""
        cell = self.uses[use] + self.rows[place]
        if not commercial:
            cell += self.size
        try:
            return self.bare[model][cell]
        except KeyError:
            return self._outcome(model, cell)

    def decide(
        self,
        model: str,
        use: str = "general",
        jurisdiction: str = "*",
        *,
        version: int | None = None,
        commercial: bool = True,
        digest: str = "",
        at: dt.datetime | None = None,
    ) -> Decision:
        """Answer one question; raise `KeyError` for a use, a place or a version not known."""
        jurisdiction = jurisdiction.strip().upper()
        column, places = self.uses[use], self._territories(jurisdiction)
        named = self.find(model)
        entry = named or self.weights.get(_digest(digest))
        if named and version is not None:
            entry = self.versions[named.listing, version]
        stale = (at or dt.datetime.now(dt.UTC)) >= self.ends
        meanings = [
            (place, self._cell(entry.signature, column, place, commercial=commercial))
            for place in places
            if entry
        ]
        default = 0 if named else OUTCOMES.index(self.manifest["unregistered"])
        outcome = max([default, *(meaning.outcome for _place, meaning in meanings)])
        return Decision(
            outcome=OUTCOMES[outcome],
            would_be=OUTCOMES[max([outcome, *(meaning.would_be for _place, meaning in meanings)])],
            may_be_offered=named is not None
            and all(meaning.open(place) for place, meaning in meanings)
            and not (stale and OUTCOMES[outcome] in self.fail_closed),
            registered=named is not None,
            listing=entry.listing if entry else "",
            version=entry.version if entry else None,
            use=use,
            jurisdiction=jurisdiction,
            reasons=_united(meaning.reasons for _place, meaning in meanings),
            conditions=_united(meaning.conditions for _place, meaning in meanings),
            duties=_united(meaning.duties for _place, meaning in meanings),
            exemptions=_united(meaning.exemptions for _place, meaning in meanings),
            allowed_jurisdictions=_allowed(meanings) if entry else (),
            facts_version=entry.facts if entry else None,
            ruleset_version=self.manifest["ruleset_version"],
            stale=stale,
            contest=f"{self.manifest['portal']}/listings/{entry.listing}/#contest" if entry else "",
        )

    def find(self, model: str) -> Entry | None:
        """Return the version that a name means: a code, `source:id`, a hub's id or a digest."""
        text = model.strip()
        source, colon, name = text.partition(":")
        aliased = f"{HUBS.get(source.casefold(), source)}:{name}" if colon else text
        return (
            self.names.get(text.upper())
            or self.weights.get(_digest(text))
            or self.names.get(aliased)
            or self.hubs.get(text.lower())
        )

    def meaning(self, signature: Signature, cell: int) -> Meaning:
        """Work out what a signature means in a cell, once."""
        found = signature.meanings[cell] = self.law.meaning(signature, cell)
        return found

    def _outcome(self, model: str, cell: int) -> str:
        """Work an outcome out that was not asked for before."""
        entry = self.names.get(model)
        if entry is None:
            return str(self.manifest["unregistered"])
        signature = entry.signature
        meaning = signature.meanings.get(cell) or self.meaning(signature, cell)
        found = signature.outcomes[cell] = OUTCOMES[meaning.outcome]
        return found

    def _territories(self, jurisdiction: str) -> list[str]:
        if jurisdiction in self.groups:
            return self.groups[jurisdiction]
        self.places[jurisdiction]
        return [jurisdiction]

    def _cell(self, signature: Signature, column: int, place: str, *, commercial: bool) -> Meaning:
        cell = column + self.rows[place] + (0 if commercial else self.size)
        return signature.meanings.get(cell) or self.meaning(signature, cell)

    def _read(self, bundle: Bundle) -> None:
        signatures: dict[tuple[str, ...], Signature] = {}
        published: dict[str, tuple[int, str]] = {}
        shared: set[str] = set()
        for row in bundle.rows:
            (listing, number, current, source, name, weights, moment, country, facts, *told) = (
                fields(row)
            )
            key = (*told, country)
            signature = signatures.get(key) or signatures.setdefault(key, signature_of(*key))
            entry = Entry(listing, int(number), int(facts), signature)
            self.versions[listing, entry.version] = entry
            if weights and (int(moment), listing) < published.get(weights, (2**63, "")):
                published[weights] = (int(moment), listing)
                self.weights[weights] = entry
            if current == "1":
                self.names[listing] = self.names[f"{source}:{name}"] = entry
                self.bare[listing] = self.bare[f"{source}:{name}"] = signature.outcomes
                self._name(name.lower(), entry, shared)

    def _name(self, name: str, entry: Entry, shared: set[str]) -> None:
        """Give a hub's own id to its listing; one that several bear names none of them."""
        if name in shared or name in self.hubs:
            shared.add(name)
            self.hubs.pop(name, None)
        else:
            self.hubs[name] = entry


def _digest(text: str) -> str:
    plain = text.strip().casefold()
    return plain if plain.startswith("sha256:") else f"sha256:{plain}"


def _united(parts: Any) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(one for part in parts for one in part))


def _allowed(meanings: list[tuple[str, Meaning]]) -> tuple[str, ...] | None:
    if all(meaning.outcome <= CONDITION for _place, meaning in meanings):
        return None
    if len(meanings) > 1:
        return tuple(place for place, meaning in meanings if meaning.open(place))
    [(_place, meaning)] = meanings
    return tuple(sorted(meaning.allowed or ())) if meaning.outcome == RESTRICT else ()
