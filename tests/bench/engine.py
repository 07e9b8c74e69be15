"""How fast twelve rules decide in process, against four other engines on the same facts."""

import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import cycle, islice
from typing import Any

from tests.bench import peers, twelve
from tests.bench.frame import Figure, interleaved, rate, ratio
from tests.policy.engine.seeded import Entry, expression, refusals, seeded

SIZES = (10_000, 100_000)
CHUNK, ROUNDS, SECONDS, COMPARED = 100, 7, 0.5, 1000
# Each peer: how it answers, what it takes, and how many times as fast we must be.
PEERS: dict[str, tuple[Callable[[], peers.Answer], Callable, float]] = {
    "cel-expr-python": (peers.by_cel, peers.plain, 4.0),
    "zen-engine": (peers.by_zen, peers.plain, 2.0),
    "cedarpy": (peers.by_cedar, peers.for_cedar, 40.0),
    "regopy": (peers.by_rego, peers.plain, 80.0),
}
LARGEST: list[Entry] = [
    {"rule": " && ".join(f"listing.downloads != {number}" for number in range(49))},
    {"rule": f"listing.task in {[f't{number}' for number in range(500)]}"},
    {
        "rule": " && ".join(
            f'("{n}" in listing.tags || !("{n + 1}" in listing.tags))' for n in range(24)
        )
    },
]
Once = Callable[[], object]


def measure() -> Iterator[Figure]:
    """Yield decisions per second of our closure, and how many times those of each engine."""
    _must_agree()
    for count in SIZES:
        variants = {"closure": partial(_closure, count), "cited": partial(_cited, count)}
        variants |= {name: partial(_peer, name, count) for name in PEERS}
        turns = interleaved(variants, clients=1, rounds=ROUNDS, seconds=SECONDS)
        rates = {name: [turn * CHUNK for turn in found] for name, found in turns.items()}
        yield rate(f"decisions of 12 rules, {count:,} listings, closure", rates["closure"])
        for name, (_maker, _taken, gate) in PEERS.items():
            yield ratio(f"closure / {name}", rates["closure"], rates[name], gate)
        yield ratio(
            "verdict with the clauses that hold / bare verdict",
            *(rates["cited"], rates["closure"], 0.4),
        )
    yield _worst_check()


def _worst_check() -> Figure:
    """Return how long the dearest rule takes to check, of processor time; each the best of five.

    Asked are the seeded bad rules and the largest that are read; the solver's part of it is limited
    by its own count of steps.
    """
    spent = {expression(entry): _checked(entry) for entry in [*seeded(), *LARGEST]}
    dearest = max(spent, key=lambda one: spent[one])
    return Figure("worst check of a rule", spent[dearest], "ms", f"{dearest[:50]}…", at_most=5.0)


def _checked(entry: Entry) -> float:
    rounds = []
    for _round in range(5):
        begun = time.thread_time()
        list(refusals(entry))
        rounds.append(time.thread_time() - begun)
    return min(rounds) * 1000


def _asked(count: int, taken: Callable = peers.plain) -> Iterator[tuple[Any, twelve.Facts]]:
    """Give listings with questions, again and again."""
    told = [taken(listing) for listing in twelve.listings(count)]
    return cycle(zip(told, twelve.requests(count), strict=True))


def _closure(count: int) -> Once:
    rules, asked = twelve.ruleset(), _asked(count)

    def once() -> None:
        for listing, req in islice(asked, CHUNK):
            rules.decide(listing, req)

    return once


def _cited(count: int) -> Once:
    rules, asked = twelve.ruleset(), _asked(count)

    def once() -> None:
        for listing, req in islice(asked, CHUNK):
            rules.cite(rules.decide(listing, req), listing, req)

    return once


def _peer(name: str, count: int) -> Once:
    maker, taken, _gate = PEERS[name]
    answer, asked = maker(), _asked(count, taken)

    def once() -> None:
        for listing, req in islice(asked, CHUNK):
            answer(listing, req)

    return once


def _must_agree() -> None:
    rules = twelve.ruleset()
    answers = {name: (maker(), taken) for name, (maker, taken, _gate) in PEERS.items()}
    for listing, req in islice(_asked(COMPARED), COMPARED):
        fired = {source.id for source in rules.decide(listing, req).fired}
        for name, (answer, taken) in answers.items():
            said = answer(taken(listing), req)
            if said != fired:
                raise RuntimeError(f"We and {name} differ on {listing}, {req}: {said ^ fired}.")
