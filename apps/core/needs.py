"""What waits for someone: one row of a dashboard, whatever it is about."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from apps.core.dues import Due

FAR = dt.datetime.max.replace(tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class Need:
    """One thing to do: `kind` names the row that shows it, `thing` is what it is about."""

    kind: str
    thing: Any
    due: Due | None = None

    @property
    def template(self) -> str:
        """The row of this kind."""
        return f"needs/{self.kind}.html"


def by_due(needs: Iterable[Need]) -> list[Need]:
    """Return the first due first; what has no end, or a paused one, comes last."""
    return sorted(needs, key=lambda need: (need.due and need.due.at) or FAR)
