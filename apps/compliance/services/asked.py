"""The log of what was asked: noted in the process, written by a thread of its own.

To note costs a decision no statement and never fails it. Within a second what was noted is
written by one COPY, on a connection of the log's own; a process that is killed loses what was not
written yet, one that is stopped loses nothing. Where the log cannot be written, as many questions
wait as there is room for, and those beyond are counted as lost. A connection that breaks while a
write is being confirmed may let it be written twice, never lose it.
"""

import contextlib
import datetime as dt
import logging
import threading
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.util import Finalize
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection, transaction

from apps.compliance.models import AskedQuestion
from apps.compliance.selectors.answers import Decision, Question
from apps.core.clock import now
from apps.core.links import own_link

EVERY = 0.5
MOST = 100_000
# How long a process that is stopped waits for a write that is under way.
PATIENCE = 5.0
LIMITS = "-c statement_timeout=10000 -c idle_session_timeout=0"
FAULTS = (psycopg.Error, OSError)
FORGOTTEN_AT_ONCE = 20_000
COPY = """
copy compliance_askedquestion (asker, asked_at, model, digest, marketplace, asked_version, use,
    jurisdiction, commercial, listing, version, outcome, facts_version, ruleset_version) from stdin
"""
COUNT = """
insert into compliance_askedcount as kept (day_date, outcome, use, jurisdiction, questions)
select * from unnest(%s::date[], %s::int[], %s::text[], %s::text[], %s::bigint[])
on conflict (day_date, outcome, use, jurisdiction)
    do update set questions = kept.questions + excluded.questions
"""
LOSE = """
insert into compliance_askedloss as kept (day_date, questions)
values ((core_now() at time zone 'utc')::date, %s)
on conflict (day_date) do update set questions = kept.questions + excluded.questions
"""
FORGET = """
delete from compliance_askedquestion where id in (
    select id from compliance_askedquestion where asked_at < %s limit %s)
"""
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
NULL = "\\N"
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Line:
    """A question with its answer as the log keeps it, but for who asked and when."""

    text: bytes
    kind: tuple[int, str, str]

    @classmethod
    def of(cls, question: Question, decision: Decision) -> "Line":
        """Return what the log keeps of an answer."""
        values = (
            *(question.model, question.digest, question.marketplace, question.version),
            *(question.use, question.jurisdiction, question.commercial),
            *(decision.listing, decision.version, int(decision.outcome)),
            *(decision.facts_version, decision.ruleset_version),
        )
        text = "\t".join(NULL if value is None else _escaped(value) for value in values)
        kind = (int(decision.outcome), question.use, question.jurisdiction)
        return cls(text.encode(), kind)


Noted = tuple[uuid.UUID | None, dt.datetime, Sequence[Line]]


class AskedLog:
    """What a process has answered and not written yet."""

    def __init__(self, most: int = MOST) -> None:
        self.most = most
        self.waiting: list[Noted] = []
        self.held = self.lost = 0
        self.lock, self.writing = threading.Lock(), threading.Lock()
        self.ending = threading.Event()
        self.thread: threading.Thread | None = None
        self.link: psycopg.Connection | None = None

    def begin(self) -> None:
        """Begin to write; from now on what is answered is noted, until the process ends."""
        self.ending.clear()
        self.thread = threading.Thread(target=self._keep_writing, name="asked", daemon=True)
        self.thread.start()
        # Also in a child of `multiprocessing`, as a web server's worker is, where atexit is silent.
        Finalize(self, self.end, exitpriority=100)

    def note(self, asker: uuid.UUID | None, moment: dt.datetime, lines: Sequence[Line]) -> None:
        """Note what was answered; of an asker who is not known only counts are kept."""
        if self.thread is None:
            return
        with self.lock:
            if self.held + len(lines) > self.most:
                self.lost += len(lines)
            else:
                self.held += len(lines)
                self.waiting.append((asker, moment, lines))

    def end(self) -> None:
        """Write what is left, and stop."""
        thread, self.thread = self.thread, None
        if thread is None:
            return
        self.ending.set()
        thread.join(PATIENCE)
        self.write()
        self.close()

    def write(self) -> None:
        """Write what was noted, all of it or, where that is impossible now, nothing."""
        if not self.writing.acquire(timeout=PATIENCE):
            return
        try:
            with self.lock:
                taken, self.waiting = self.waiting, []
                lost, self.lost = self.lost, 0
            if taken or lost:
                self._write(taken, lost)
        finally:
            self.writing.release()

    def close(self) -> None:
        """Let the connection go."""
        link, self.link = self.link, None
        if link is not None:
            with contextlib.suppress(*FAULTS):
                link.close()

    def _keep_writing(self) -> None:
        while not self.ending.wait(EVERY):
            self.write()

    def _write(self, taken: list[Noted], lost: int) -> None:
        number = sum(len(lines) for _asker, _moment, lines in taken)
        try:
            self._send(taken, lost)
        except FAULTS as fault:
            log.warning("The log of questions cannot be written: %s", fault)
            self.close()
            self._take_back(taken, lost, number, refused=isinstance(fault, psycopg.DataError))
        else:
            with self.lock:
                self.held -= number

    def _take_back(self, taken: list[Noted], lost: int, number: int, *, refused: bool) -> None:
        """Keep for another time what could not be written; what no time would change is lost."""
        with self.lock:
            self.lost += lost + (number if refused else 0)
            if refused:
                self.held -= number
            else:
                self.waiting[:0] = taken

    def _send(self, taken: list[Noted], lost: int) -> None:
        if self.link is None:
            self.link = own_link(LIMITS)
        with self.link.transaction(), self.link.cursor() as cursor:
            _put(cursor, taken)
            if lost:
                cursor.execute(LOSE, [lost])


QUESTIONS = AskedLog()


@transaction.atomic
def questions_write(*, asker: uuid.UUID | None, moment: dt.datetime, lines: Sequence[Line]) -> None:
    """Write at once what was answered at a moment, in the transaction of whoever calls."""
    with connection.cursor() as cursor:
        _put(cursor, [(asker, moment, lines)])


def questions_forget() -> int:
    """Drop the questions that were kept long enough; return how many."""
    before = now() - dt.timedelta(days=settings.QUESTIONS_KEPT_DAYS)
    gone = 0
    with connection.cursor() as cursor:
        while True:
            cursor.execute(FORGET, [before, FORGOTTEN_AT_ONCE])
            gone += cursor.rowcount
            if cursor.rowcount < FORGOTTEN_AT_ONCE:
                return gone


def questions_erase(*, person: uuid.UUID) -> None:
    """Drop what a person has asked in no organisation's name."""
    AskedQuestion.objects.filter(asker=person).delete()


def _put(cursor: Any, taken: list[Noted]) -> None:
    rows, counts = _rows(taken), _counts(taken)
    if rows:
        with cursor.copy(COPY) as copy:
            copy.write(b"".join(rows))
    if counts:
        cursor.execute(COUNT, [list(column) for column in zip(*counts, strict=True)])


def _escaped(value: object) -> str:
    return str(value).translate(ESCAPES)


def _rows(taken: list[Noted]) -> list[bytes]:
    rows: list[bytes] = []
    for asker, moment, lines in taken:
        if asker is not None:
            start = f"{asker}\t{moment.isoformat()}\t".encode()
            rows += [b"%s%s\n" % (start, line.text) for line in lines]
    return rows


def _counts(taken: list[Noted]) -> list[tuple[dt.date, int, str, str, int]]:
    """Return how many of each kind there were, in one order for all who write at once."""
    counts: Counter[tuple[dt.date, tuple[int, str, str]]] = Counter()
    for _asker, moment, lines in taken:
        day = moment.astimezone(dt.UTC).date()
        counts.update((day, line.kind) for line in lines)
    return [(day, *kind, number) for (day, kind), number in sorted(counts.items())]
