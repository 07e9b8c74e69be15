"""Consumers: each reads the journal in order, at its own pace, and forgets nothing.

A step changes the consumer's effects and its checkpoint in one transaction, so inside the database
each act is answered exactly once. An act that fails is parked with the later acts of its subject;
the others go on.
"""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from apps.core.actor import SYSTEM
from apps.journal.acts import PARKING, ActParked
from apps.journal.errors import SequenceBroken
from apps.journal.selectors import JournalAct, acts_at, acts_within
from apps.journal.services import parking
from apps.journal.services.recording import caused_by, record

BATCH = 500
WAITS = """
select coalesce((select max(seq) from journal_seq), 0)
    > coalesce((select seq from journal_cursor where consumer = %s), 0)
or exists (select from journal_parked where consumer = %s and retry_at <= clock_timestamp())
"""
LOCK = "select seq from journal_cursor where consumer = %s for update skip locked"
FIRST = """
insert into journal_cursor (consumer, seq) values (%s, 0) on conflict do nothing returning seq
"""
AHEAD = """
select coalesce(max(seq), 0), count(*), exists (select from journal_parked where consumer = %s)
from (select seq from journal_seq where seq > %s order by seq limit %s) ahead
"""
# Passes consumers over acts that are not theirs, where none of their own is among them or waits.
# The stretch and each act's kind are looked up so that no plan can scan the whole journal, and
# once for all who stand at the same place.
MOVE_ON = """
with own as (
    select consumer, seq from journal_cursor
    where consumer = any(%(names)s) and seq < (select max(seq) from journal_seq)
    for update skip locked
), ahead as (
    select start.seq as start, act.seq,
        (select a.kind from journal_act a where a.id = act.act_id) as kind
    from (select distinct seq from own) start cross join lateral (
        select seq, act_id from journal_seq where seq > start.seq order by seq limit %(most)s) act
), reached as (
    select start, max(seq) as seq, count(*) as acts, array_agg(distinct kind) as kinds
    from ahead group by start
), theirs as (
    select consumer, array_agg(kind) as kinds
    from unnest(%(consumers)s::text[], %(kinds)s::text[]) as one (consumer, kind) group by consumer
)
update journal_cursor c set seq = reached.seq
from own join reached on reached.start = own.seq join theirs using (consumer)
where c.consumer = own.consumer and reached.seq = own.seq + reached.acts
    and not reached.kinds && theirs.kinds
    and not exists (select from journal_parked p where p.consumer = own.consumer)
returning reached.acts
"""
ADVANCE = "update journal_cursor set seq = %s where consumer = %s returning seq"


@dataclass(frozen=True, slots=True)
class Consumer:
    """One who answers acts: `answer` takes acts in order; it may be given one twice.

    With `kinds` it is shown acts of these kinds only; its checkpoint passes over the others.
    """

    name: str
    answer: Callable[[Sequence[JournalAct]], None]
    kinds: frozenset[str] | None = None


def consumer_of(name: str, handlers: Mapping[str, Callable[[JournalAct], None]]) -> Consumer:
    """Return a consumer that answers each act by its kind and passes over the others."""

    def answer(acts: Sequence[JournalAct]) -> None:
        for act in acts:
            with caused_by(act.seq):
                handlers[act.kind](act)

    return Consumer(name, answer, frozenset(handlers))


def pass_over(consumers: Sequence[Consumer]) -> int:
    """Move on each for whom the next acts are all of kinds that it is not shown.

    Returns how many acts the furthest was moved, at most `BATCH`. An idle call writes nothing.
    """
    theirs = [(one.name, kind) for one in consumers for kind in sorted(one.kinds or ())]
    with connection.cursor() as cursor:
        cursor.execute(
            MOVE_ON,
            {
                "names": sorted({name for name, _kind in theirs}),
                "most": BATCH,
                "consumers": [name for name, _kind in theirs],
                "kinds": [kind for _name, kind in theirs],
            },
        )
        return max((acts for (acts,) in cursor.fetchall()), default=0)


def step(consumer: Consumer) -> int:
    """Answer the next acts and those parked acts that are due.

    Returns how many were seen, -1 where another process has the consumer. An idle call takes no
    lock and writes nothing.
    """
    if not _work_waits(consumer.name):
        return 0
    with transaction.atomic():
        seq = _lock(consumer.name)
        if seq is None:
            return -1
        last, count, parked = _ahead(consumer.name, seq)
        retried = _retry(consumer) if parked else 0
        if not count:
            return retried
        if last != seq + count:
            raise SequenceBroken(f"{consumer.name} met a gap after {seq}.")
        if acts := acts_within(seq, last, consumer.kinds):
            _answer(consumer, acts, parking.blocked_subjects(consumer.name) if parked else set())
        _row(ADVANCE, [last, consumer.name])
    return retried + count


def _work_waits(name: str) -> bool:
    return _row(WAITS, [name, name])[0]


def _lock(name: str) -> int | None:
    """Return where the consumer stands, its row locked; nothing where another has it."""
    found = _row(LOCK, [name])
    if not found and _row(FIRST, [name]):
        found = _row(LOCK, [name])
    return found[0] if found else None


def _ahead(name: str, seq: int) -> tuple[int, int, bool]:
    """Return the place of the last of the next acts, how many they are, and whether some wait."""
    return _row(AHEAD, [name, seq, BATCH])


def _row(statement: str, parameters: list[Any]) -> tuple:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchone() or ()


def _answer(consumer: Consumer, acts: Sequence[JournalAct], blocked: set[uuid.UUID]) -> None:
    free = [act for act in acts if act.subject not in blocked]
    try:
        with transaction.atomic():
            consumer.answer(free)
    except Exception:  # noqa: BLE001 - whatever a handler raises, the others go on
        _answer_one_by_one(consumer, acts, blocked)
        return
    for act in acts:
        if act.subject in blocked:
            parking.park(consumer.name, act)


def _answer_one_by_one(
    consumer: Consumer, acts: Sequence[JournalAct], blocked: set[uuid.UUID]
) -> None:
    for act in acts:
        if act.subject in blocked:
            parking.park(consumer.name, act)
            continue
        try:
            with transaction.atomic():
                consumer.answer([act])
        except Exception as error:  # noqa: BLE001 - kept with the act, shown on the page
            parking.park(consumer.name, act, error)
            blocked.add(act.subject)
            _tell(consumer, act)


def _tell(consumer: Consumer, act: JournalAct) -> None:
    """Record that an act was parked; of such an act itself nothing more is said."""
    if act.kind == ActParked.kind:
        return
    parked = ActParked(subject=PARKING, position=act.seq, consumer=consumer.name)
    with caused_by(act.seq):
        record(parked, actor=SYSTEM)


def _retry(consumer: Consumer) -> int:
    due = acts_at([row.seq for row in parking.due(consumer.name)])
    for act in due:
        try:
            with transaction.atomic():
                consumer.answer([act])
        except Exception as error:  # noqa: BLE001 - kept with the act, shown on the page
            parking.postpone(consumer.name, act, error)
        else:
            parking.unpark(consumer.name, act.seq)
    return len(due)
