"""How near a due moment is, as pages show it."""

import datetime as dt
from dataclasses import dataclass

DAY = dt.timedelta(days=1)
LAST_PART = 5  # A clock stands out in the last fifth of its time …
SOON = 3 * DAY  # … or in the last days, where its beginning is not known.


@dataclass(frozen=True, slots=True)
class Due:
    """A due moment seen from another: `at` is empty while the clock is paused."""

    at: dt.datetime | None
    seen_at: dt.datetime
    source: str = ""
    since_at: dt.datetime | None = None

    @property
    def is_late(self) -> bool:
        """Whether the moment has passed."""
        return self.at is not None and self.at <= self.seen_at

    @property
    def days(self) -> int:
        """Whole days that are left, or that have gone by since."""
        return 0 if self.at is None else abs(self.at - self.seen_at) // DAY

    @property
    def tone(self) -> str:
        """How the chip looks: paused, late, soon, or plain."""
        if self.at is None:
            return "paused"
        if self.is_late:
            return "late"
        notice = (self.at - self.since_at) / LAST_PART if self.since_at else SOON
        return "soon" if self.at - self.seen_at <= notice else ""
