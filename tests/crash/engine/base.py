"""An engine whose process dies at chosen points: around commits, and after the sequencer.

A point strikes once in the life of a portal, whichever process comes to it first: the file that
says so is made before the blow. Nothing happens until the test has armed the folder.
"""

import os
import random
import signal
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from apps.core.database import base
from tests.crash.marks import KINDS, MARKS

FOLDER = Path(os.environ["STRIKES"])
ARMED = FOLDER / "armed"
# With this many, each statement of the chain's transactions is a point, struck by chance.
CHANCES = int(os.environ.get("STRIKE_CHANCES", "0"))
SEQUENCER = "journal_sequence("
# Held from before acts are numbered until their points are looked for: a blow of another thread
# waits so long, or it would hide them for ever.
NUMBERING = threading.RLock()
NUMBERED = """
select distinct a.kind from journal_seq s join journal_act a on a.id = s.act_id
where s.seq > %s and a.kind = any(%s)
"""
LAST = "select coalesce(max(seq), 0) from journal_seq"


def strike(*points: str) -> None:
    """End this process as SIGKILL does, unless each of the points has struck before."""
    if not ARMED.exists():
        return
    if [point for point in points if _first_at(point)]:
        with NUMBERING:
            os.kill(os.getpid(), signal.SIGKILL)


def _first_at(point: str) -> bool:
    try:
        os.close(os.open(FOLDER / point, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        return False
    return True


def strike_by_chance() -> None:
    """End this process now and then, so many times in the life of a portal."""
    if random.random() < 0.2:
        struck = len(list(FOLDER.glob("chance-*")))
        if struck < CHANCES:
            strike(f"chance-{struck}")


class DatabaseWrapper(base.DatabaseWrapper):
    """The engine of the processes that are struck."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.marks: set[str] = set()
        self.execute_wrappers.append(self._note)

    def _note(self, execute: Callable, sql: str, params: Any, many: bool, context: dict) -> Any:
        if SEQUENCER in sql:
            with NUMBERING:
                before = self._last()
                result = execute(sql, params, many, context)
                self._numbered(before)
            return result
        result = execute(sql, params, many, context)
        self.marks |= {name for name, part in MARKS.items() if part in sql}
        if self.marks and CHANCES:
            strike_by_chance()
        return result

    def _last(self) -> int:
        with self.connection.cursor() as cursor:
            return cursor.execute(LAST).fetchone()[0]

    def _numbered(self, before: int) -> None:
        """Strike once an act of the chain was given its place, before anyone has answered it."""
        with self.connection.cursor() as cursor:
            rows = cursor.execute(NUMBERED, [before, list(KINDS)]).fetchall()
        if rows:
            strike(*(f"numbered-{kind}" for (kind,) in rows))

    def _commit(self) -> None:
        marks, self.marks = sorted(self.marks), set()
        strike(*(f"before-{mark}" for mark in marks))
        super()._commit()
        strike(*(f"after-{mark}" for mark in marks))

    def _rollback(self) -> None:
        self.marks = set()
        super()._rollback()
