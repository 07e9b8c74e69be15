"""PostgreSQL as Django has it, where what a transaction says last goes out with its COMMIT.

A statement whose answer nobody awaits costs a round trip, which is most of its price; in one
pipeline with COMMIT it costs next to nothing. What waits belongs to the innermost block: it is
sent before a savepoint is made or released, and forgotten when one is rolled back.
"""

from collections.abc import Sequence
from typing import Any

import psycopg
from django.db.backends.postgresql import base
from django.db.backends.utils import debug_transaction  # type: ignore[attr-defined]

# As a statement among the others: Connection.commit() would make the server answer once more.
COMMIT = ("commit", ())


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's engine with last words; its stubs leave out what is overridden here."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.last_words: list[tuple[str, Sequence[Any]]] = []

    def say_last(self, statement: str, values: Sequence[Any]) -> None:
        """Send a statement, which returns no rows, when the block it stands in ends.

        What the database has against it is raised there. The same text is prepared once in a
        connection, unless the settings forbid it.
        """
        self.last_words.append((statement, values))

    def send_last_words(self) -> None:
        """Send what waits now, so that later statements of the transaction see it."""
        if self.last_words:
            with self.wrap_database_errors:
                self._send()

    def _send(self, *after: tuple[str, Sequence[Any]]) -> None:
        waiting, self.last_words = [*self.last_words, *after], []
        with psycopg.Cursor(self.connection) as cursor:
            for statement, values in waiting:
                cursor.execute(statement, values, prepare=True)

    def _commit(self) -> None:
        if not self.last_words:
            super()._commit()  # type: ignore[misc]
            return
        with (
            debug_transaction(self, "COMMIT"),
            self.wrap_database_errors,
            self.connection.pipeline(),
        ):
            self._send(COMMIT)

    def _rollback(self) -> None:
        self.last_words = []
        super()._rollback()  # type: ignore[misc]

    def _close(self) -> None:
        self.last_words = []
        super()._close()  # type: ignore[misc]

    def _savepoint(self, sid: str) -> None:
        self.send_last_words()
        super()._savepoint(sid)  # type: ignore[misc]

    def _savepoint_commit(self, sid: str) -> None:
        self.send_last_words()
        super()._savepoint_commit(sid)  # type: ignore[misc]

    def _savepoint_rollback(self, sid: str) -> None:
        self.last_words = []
        super()._savepoint_rollback(sid)  # type: ignore[misc]
