"""Adoption is neither lost nor doubled, wherever between two statements the runner breaks down.

The runner's duties are done in its own order; each distinct statement of each duty breaks it once,
after it was executed. So every point of the chain is met: within each transaction, just before its
commit (its last statement), and just after (the first of the next).
"""

import re
from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import connection

from apps.journal.services import parked_retry, sequence, step
from apps.reactions.runner import LOST
from apps.reactions.table import CONSUMERS, TICKS
from tests.crash.adoption import ONCE, TO_THE_END, TO_THE_START, World, faults, prepare
from tests.crash.marks import MARKS
from tests.database.base import as_superuser

SAVEPOINT = re.compile(r'"s\d+_x\d+"')
Duty = Callable[[], Any]
DUTIES: dict[str, Duty] = {
    **{tick.__name__: tick for tick in TICKS},
    "sequence": partial(sequence, everything=True),
    **{consumer.name: partial(step, consumer) for consumer in CONSUMERS},
    "parked_retry": parked_retry,
}


class Killed(BaseException):
    """The process is gone: nothing of it catches this."""


class Failed(Exception):
    """Something went wrong, which the runner survives."""


def killed() -> None:
    raise Killed


def failed() -> None:
    raise Failed


def cut_off() -> None:
    """Lose the connection, as when the database restarts."""
    as_superuser("select pg_terminate_backend(%s)", [connection.connection.info.backend_pid])
    with connection.wrap_database_errors:
        while True:
            connection.connection.execute("select 1")


class Breaks:
    """Breaks the work once after each distinct statement of each duty."""

    def __init__(self, how: Callable[[], None]) -> None:
        self.how = how
        self.done: set[tuple[str, str, int]] = set()
        self.duty, self.seen = "", Counter[str]()

    def begin(self, duty: str) -> None:
        self.duty, self.seen = duty, Counter()

    def met(self, part: str) -> bool:
        """Whether a statement with this part was one of the points."""
        return any(part in sql for _duty, sql, _number in self.done)

    def __call__(self, execute: Callable, sql: str, params: Any, many: bool, context: dict) -> Any:
        result = execute(sql, params, many, context)
        sql = SAVEPOINT.sub("savepoint", sql)
        self.seen[sql] += 1
        point = (self.duty, sql, self.seen[sql])
        if point not in self.done:
            self.done.add(point)
            self.how()
        return result


def run(breaks: Breaks) -> None:
    """Do rounds as a runner does, begun anew after each break, until nothing is left to do."""
    with connection.execute_wrapper(breaks):
        while not _round(breaks):
            pass


def _round(breaks: Breaks) -> bool:
    """Do one round; return whether it found nothing to do and was not broken."""
    begun = len(breaks.done)
    worked = 0
    for name, duty in DUTIES.items():
        breaks.begin(name)
        try:
            worked += max(duty() or 0, 0)
        except (Killed, *LOST):
            connection.close()
            return False
        except Failed:
            continue
    return not worked and len(breaks.done) == begun


def ask(sql: str, params: list) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


@pytest.fixture
def world(transactional_db: None, clock: Any) -> World:
    made = prepare(clock, ask)
    run(Breaks(lambda: None))
    return made


@pytest.mark.parametrize("how", [killed, failed, cut_off])
def test_a_break_after_any_statement_loses_and_doubles_nothing(how, world, clock):
    breaks = Breaks(how)

    clock.advance(TO_THE_END)
    run(breaks)
    clock.advance(TO_THE_START)
    run(breaks)

    assert faults(world, ask) == []
    assert {mark for mark, part in MARKS.items() if breaks.met(part)} == MARKS.keys()


def test_a_chain_that_stands_still_is_found(world):
    before = dict.fromkeys([*world.changed, *world.spared], 0)

    assert faults(world, ask) == [
        "not one rule in force, but []",
        f"not one adopted proposal, but [('{world.code}', 'balloting')]",
        *(f"{kind} stands 0 times" for kind in ONCE),
        f"standings are {before}, not {before | dict.fromkeys(world.changed, 3)}",
        "the acts named []",
        "4 standings were kept, where 4 stood before",
        f"told {{}}, not {world.told}",
    ]
