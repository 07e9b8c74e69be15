"""Whether what a worker keeps still holds: news from the journal, and a look once a second.

The journal's sequencer notifies of every act that it numbers, so what is kept is never staler than
the feed. What comes without an act of its own (facts kept anew, the business clock moved) is seen
by the look. Without a connection nothing holds.
"""

import contextlib
import datetime as dt
import select
import threading
import time
from dataclasses import dataclass

import psycopg

from apps.core.links import own_link

# How long the answer of a look is believed without another.
LEASE = 1.0
# How long to wait before a lost connection is tried again.
PATIENCE = 1.0
LOOK = """
select core_now(), extract(epoch from core_now() - clock_timestamp())::float8,
    (select max(seq) from journal_seq), (select max(id) from journal_act),
    (select max(number) from policy_rulesetchange), (select max(id) from compliance_facts)
"""
# A statement that takes longer than this is a connection lost.
LIMITS = "-c statement_timeout=2000 -c idle_session_timeout=0"
LOST = (psycopg.Error, OSError, ValueError)
STEP = 0.5


@dataclass(frozen=True, slots=True)
class Marks:
    """What one look saw; `shift` is by how much business time differs from the clock."""

    moment: dt.datetime
    shift: float
    places: tuple[int | None, ...]
    seen: float

    def same(self, other: "Marks") -> bool:
        """Whether nothing has come between two looks."""
        return self.places == other.places and abs(self.shift - other.shift) < STEP


class Watch:
    """A connection of its own that listens to the journal."""

    def __init__(self) -> None:
        self.link: psycopg.Connection | None = None
        self.marks: Marks | None = None
        self.generation = 0
        self.tried = -PATIENCE
        self.news = False
        self.lock = threading.Lock()

    def look(self) -> int | None:
        """Return the number of the present generation; nothing where it cannot be told.

        What was kept under another number holds no longer.
        """
        with self.lock:
            try:
                return self._looked()
            except LOST:
                self.close()
                return None

    def now(self) -> dt.datetime:
        """Return business time, as the last look and this machine's clock have it."""
        if self.marks is None:
            raise LookupError("Nothing was looked at yet.")
        return self.marks.moment + dt.timedelta(seconds=time.monotonic() - self.marks.seen)

    def close(self) -> None:
        """Let the connection go, and with it all that was kept."""
        link, self.link, self.marks = self.link, None, None
        self.generation += 1
        if link is not None:
            with contextlib.suppress(*LOST):
                link.close()

    def _looked(self) -> int | None:
        if self.link is None and not self._connected():
            return None
        self._hear()
        stale = self.marks is None or time.monotonic() - self.marks.seen > LEASE
        if self.news or stale:
            self._read()
        return self.generation

    def _connected(self) -> bool:
        if time.monotonic() - self.tried < PATIENCE:
            return False
        self.tried = time.monotonic()
        self.link = own_link(LIMITS)
        self.link.add_notify_handler(lambda _notify: setattr(self, "news", True))
        self.link.execute("listen journal")
        return True

    def _hear(self) -> None:
        """Take what the server has sent by itself, without waiting."""
        if self.link is None:
            return
        wire = self.link.pgconn
        if _readable(wire.socket):
            wire.consume_input()
        while wire.notifies():
            self.news = True

    def _read(self) -> None:
        if self.link is None:
            return
        news, self.news = self.news, False
        row = self.link.execute(LOOK).fetchone()
        if row is None:
            raise ValueError("A look brings one row.")
        moment, shift, *places = row
        marks = Marks(moment.astimezone(dt.UTC), shift, tuple(places), time.monotonic())
        if news or self.marks is None or not self.marks.same(marks):
            self.generation += 1
        self.marks = marks


def _readable(socket: int) -> bool:
    """Whether a server has sent something; a socket's number may be beyond what `select` takes."""
    poll = select.poll()
    poll.register(socket, select.POLLIN)
    return bool(poll.poll(0))
