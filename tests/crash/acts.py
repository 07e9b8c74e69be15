"""The one act of the crash proof."""

from dataclasses import dataclass

from apps.journal.acts import Act


@dataclass(frozen=True, kw_only=True)
class ThingTurned(Act):
    kind = "crash.thing.turned"
    token: str
    version: int
