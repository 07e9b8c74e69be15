"""Keep what is known of listing versions: what changed is closed, and begun anew."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from django.db import connection

from apps.compliance.selectors.gathering import COLUMNS, GATHERED

Versions = Sequence[uuid.UUID] | None

CLOSE = """
update compliance_facts f set until_at = %(now)s from gathered g
where f.version_id = g.version_id and f.until_at is null and ({old}) is distinct from ({new})
"""
WRITE = f"""
insert into compliance_facts (version_id, since_at, {COLUMNS})
select g.version_id, %(now)s, {COLUMNS} from gathered g
where not exists (
    select from compliance_facts f where f.version_id = g.version_id and f.until_at is null)
"""  # noqa: S608 - column names of ours, no value


def facts_gather(*, versions: Versions, moment: dt.datetime) -> int:
    """Bring the facts of some versions (`None`: all) up to date; return how many rows changed.

    A changed row is closed and a new one begun. Called inside the caller's transaction.
    """
    parameters: dict[str, Any] = {
        "now": moment,
        "day": moment.date(),
        "versions": list(versions or ()),
    }
    wanted = "true" if versions is None else "v.id = any(%(versions)s)"
    gathered = GATHERED.format(wanted=wanted)
    with connection.cursor() as cursor:
        cursor.execute(gathered + CLOSE.format(old=_of("f"), new=_of("g")), parameters)
        cursor.execute(gathered + WRITE, parameters)
        return cursor.rowcount


def _of(table: str) -> str:
    return ", ".join(f"{table}.{column}" for column in COLUMNS.split(", "))
