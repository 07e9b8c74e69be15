"""Migration operations that put a table under the journal's law."""

from django.db import migrations


class Governed(migrations.RunSQL):
    """Refuse, at commit, a change of the table's rows in a transaction that recorded no act."""

    def __init__(self, table: str) -> None:
        self.table = table
        super().__init__(
            f"create constraint trigger {table}_acts after insert or update or delete on {table} "
            "deferrable initially deferred for each row execute function journal_must_act();",
            f"drop trigger {table}_acts on {table};",
        )

    def deconstruct(self) -> tuple:
        """Return how to write this operation again."""
        return self.__class__.__name__, [self.table], {}


class Kept(migrations.RunSQL):
    """Take the right to delete the table's rows from the runtime role: rows are closed."""

    refused = "delete"

    def __init__(self, table: str) -> None:
        self.table = table
        super().__init__(
            f"""
            do $$ begin
                if exists (select from pg_roles where rolname = 'sangam_app') then
                    revoke {self.refused}, truncate on {table} from sangam_app;
                end if;
            end $$;
            create trigger {table}_kept before {self.refused.replace(", ", " or ")} on {table}
                for each row execute function journal_refuse();
            """,
            f"drop trigger {table}_kept on {table};",
        )

    def deconstruct(self) -> tuple:
        """Return how to write this operation again."""
        return self.__class__.__name__, [self.table], {}


class AppendOnly(Kept):
    """Take the rights to change and to delete the table's rows from the runtime role."""

    refused = "update, delete"


class Unchanged(Kept):
    """Take the right to change the table's rows; what is kept for a time only may be deleted."""

    refused = "update"
