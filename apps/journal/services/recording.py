"""Append acts, and give committed acts their place."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import cast

from django.db import connection

from apps.core.actor import Actor
from apps.core.database.base import DatabaseWrapper
from apps.journal.acts import Act
from apps.journal.errors import ActOutsideTransaction

COLUMNS = "public.journal_act (kind, actor, subject, payload, concerns, cause, visibility)"
INSERT = f"insert into {COLUMNS} values (%s, %s, %s, %s, %s, %s, %s)"  # noqa: S608 - a constant
COPY = f"copy {COLUMNS} from stdin"
_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode
_cause: ContextVar[int | None] = ContextVar("cause", default=None)


@contextmanager
def caused_by(seq: int) -> Iterator[None]:
    """Mark every act recorded inside as a consequence of the act at `seq`."""
    token = _cause.set(seq)
    try:
        yield
    finally:
        _cause.reset(token)


def record(act: Act, *, actor: Actor) -> None:
    """Append one act, as the last line of the service whose change it tells.

    Called after the row lock, so that the order of a subject's acts is that of its changes. The
    act goes out with COMMIT, or when the block it stands in ends. Raises `ActOutsideTransaction`
    where no transaction holds the two together.
    """
    _must_be_atomic()
    _engine().say_last(INSERT, _row(act, actor))


def record_many(acts: Iterable[Act], *, actor: Actor) -> None:
    """Append several acts in order, in one stream."""
    _must_be_atomic()
    _engine().send_last_words()
    with (
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cursor.copy(COPY) as stream,
    ):
        for act in acts:
            stream.write_row(_row(act, actor))


def sequence(*, everything: bool = False) -> int:
    """Number what was committed since the last call.

    Returns how many acts were numbered, -1 where another process is at it. `everything` sweeps the
    whole journal, as a runner does whenever it connects.
    """
    _engine().send_last_words()
    with connection.cursor() as cursor:
        cursor.execute("select journal_sequence(everything => %s)", [everything])
        return cursor.fetchone()[0]


def _engine() -> DatabaseWrapper:
    """Return the connection as the engine that it is."""
    return cast("DatabaseWrapper", connection)


def _row(act: Act, actor: Actor) -> tuple:
    return (
        act.kind,
        actor.person,
        act.subject,
        canonical(act.payload()),
        "{" + ",".join(act.concerns()) + "}",
        _cause.get(),
        act.visibility.value,
    )


def canonical(value: object) -> str:
    """Return JSON with sorted keys and no white space."""
    return _encode(value)


def _must_be_atomic() -> None:
    if not connection.in_atomic_block:
        raise ActOutsideTransaction(
            "An act is recorded in the transaction that made the change: put the service under "
            "transaction.atomic."
        )
