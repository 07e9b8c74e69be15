"""The frame of a measurement: clients in processes of their own, turns interleaved, medians."""

import multiprocessing
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection

from config.embedded.lifeline import end_with_parent

# One variant is made in the client's own process and returns what is done once per turn.
Maker = Callable[[], Callable[[], object]]


@dataclass(frozen=True)
class Figure:
    """One measured value, and the gate it must pass where there is one."""

    name: str
    value: float
    unit: str
    detail: str = ""
    at_least: float | None = None
    at_most: float | None = None

    @property
    def passed(self) -> bool:
        """Whether it passes its gate."""
        low = self.at_least is None or self.value >= self.at_least
        high = self.at_most is None or self.value <= self.at_most
        return low and high

    def line(self) -> str:
        """Return it as one line."""
        gate = ""
        if self.at_least is not None:
            gate = f"gate ≥ {self.at_least:g}: "
        elif self.at_most is not None:
            gate = f"gate ≤ {self.at_most:g}: "
        word = ("passed" if self.passed else "FAILED") if gate else ""
        return f"{self.name:<58} {self.value:>10.2f} {self.unit:<8} {gate}{word}  {self.detail}"


class Clients:
    """Processes that do the same thing at the same time, for so many seconds."""

    def __init__(self, count: int, variants: Mapping[str, Maker]) -> None:
        context = multiprocessing.get_context("fork")
        self.links: list[Connection] = []
        self.processes = []
        for _ in range(count):
            ours, theirs = context.Pipe()
            process = context.Process(target=_serve, args=(theirs, variants), daemon=True)
            process.start()
            self.links.append(ours)
            self.processes.append(process)

    def rate(self, variant: str, seconds: float) -> float:
        """Let all clients do one variant; return how often per second it was done."""
        for link in self.links:
            link.send((variant, seconds))
        return sum(link.recv() for link in self.links)

    def close(self) -> None:
        """End the processes."""
        for link in self.links:
            link.send(None)
        for process in self.processes:
            process.join()


def _serve(link: Connection, variants: Mapping[str, Maker]) -> None:
    end_with_parent()
    made: dict[str, Callable[[], object]] = {}
    while asked := link.recv():
        name, seconds = asked
        if name not in made:
            made[name] = variants[name]()
        once, count, began = made[name], 0, time.perf_counter()
        while time.perf_counter() - began < seconds:
            once()
            count += 1
        link.send(count / (time.perf_counter() - began))


def interleaved(
    variants: Mapping[str, Maker], *, clients: int, rounds: int, seconds: float
) -> dict[str, list[float]]:
    """Measure all variants in turn, again and again, so that a slow minute hits each alike."""
    rates: dict[str, list[float]] = {name: [] for name in variants}
    at_work = Clients(clients, variants)
    try:
        for name in variants:
            at_work.rate(name, min(seconds, 0.3))
        for turn in range(rounds):
            order = list(variants) if turn % 2 else list(reversed(variants))
            for name in order:
                rates[name].append(at_work.rate(name, seconds))
    finally:
        at_work.close()
    return rates


def ratio(
    name: str, measured: Sequence[float], control: Sequence[float], gate: float | None = None
) -> Figure:
    """Return the median of paired ratios, with its range and the control's own rate."""
    pairs = [one / other for one, other in zip(measured, control, strict=True)]
    detail = (
        f"[{min(pairs):.2f}-{max(pairs):.2f}], {len(pairs)} pairs; "
        f"{statistics.median(measured):,.0f}/s against {statistics.median(control):,.0f}/s"
    )
    return Figure(name, statistics.median(pairs), "", detail, at_least=gate)


def rate(name: str, measured: Sequence[float]) -> Figure:
    """Return the median rate with its range."""
    detail = f"[{min(measured):,.0f}-{max(measured):,.0f}]"
    return Figure(name, statistics.median(measured), "/s", detail)
