"""Reading the journal: by position, by subject, by cause."""

import datetime as dt
import hashlib
import hmac
import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.db import connection

from apps.journal.acts import Visibility, kinds
from apps.journal.errors import ActNotFound
from apps.journal.models import Checkpoint, Parked, Position

COLUMNS = (
    "s.seq, a.kind, a.actor, a.subject, a.payload, a.concerns, a.cause, a.visibility, a.recorded_at"
)
FROM = f"select {COLUMNS} from journal_seq s join journal_act a on a.id = s.act_id "  # noqa: S608


@dataclass(frozen=True, slots=True)
class JournalAct:
    """One act in its place. A sealed one read by the public has no actor, subject or payload."""

    seq: int
    kind: str
    actor: uuid.UUID | None
    subject: uuid.UUID
    payload: dict[str, Any]
    concerns: list[str]
    cause: int | None
    visibility: str
    recorded_at: dt.datetime
    commitment: str = ""

    @property
    def sealed(self) -> bool:
        """Whether the public sees only that there was an act."""
        return bool(self.commitment)


def acts_after(seq: int, *, limit: int, sealed: bool = False) -> list[JournalAct]:
    """Return acts after a position, in order; `sealed` opens sealed ones (for consumers only)."""
    return _read(FROM + "where s.seq > %s order by s.seq limit %s", [seq, limit], sealed=sealed)


def acts_within(after: int, last: int, kinds: frozenset[str] | None = None) -> list[JournalAct]:
    """Return acts after a position up to another, sealed ones open: all, or of some kinds."""
    where = "where s.seq > %s and s.seq <= %s "
    parameters: list[object] = [after, last]
    if kinds is not None:
        where, parameters = where + "and a.kind = any(%s) ", [*parameters, sorted(kinds)]
    return _read(FROM + where + "order by s.seq", parameters, sealed=True)


def acts_at(seqs: Sequence[int], *, sealed: bool = True) -> list[JournalAct]:
    """Return the acts at some positions, in order."""
    return _read(FROM + "where s.seq = any(%s) order by s.seq", [list(seqs)], sealed=sealed)


def latest_acts(*, limit: int, before: int | None = None) -> list[JournalAct]:
    """Return the newest acts first, as the public sees them."""
    where = "where s.seq < %s " if before else ""
    parameters = ([before] if before else []) + [limit]
    return _read(FROM + where + "order by s.seq desc limit %s", parameters, sealed=False)


def act_at(seq: int) -> JournalAct:
    """Return one act as the public sees it; raise `ActNotFound`."""
    found = acts_at([seq], sealed=False)
    if not found:
        raise ActNotFound(field="seq")
    return found[0]


def history(subject: uuid.UUID, *, limit: int = 50, before: int | None = None) -> list[JournalAct]:
    """Return the acts that touched a thing, newest first, as the public sees them."""
    where = "join journal_trail t on t.seq = s.seq where t.subject = %s "
    where += "and t.seq < %s " if before else ""
    parameters = [subject, *([before] if before else []), limit]
    return _read(FROM + where + "order by t.seq desc limit %s", parameters, sealed=False)


def acts_of(subject: uuid.UUID, *, after: int, limit: int) -> list[JournalAct]:
    """Return the acts that touched a thing after a position, oldest first, for a feed."""
    where = "join journal_trail t on t.seq = s.seq where t.subject = %s and t.seq > %s "
    return _read(FROM + where + "order by t.seq limit %s", [subject, after, limit], sealed=False)


def acts_of_kind(subject: uuid.UUID, kind: str) -> list[JournalAct]:
    """Return the acts of one kind that touched a thing, oldest first, at most a thousand."""
    where = "join journal_trail t on t.seq = s.seq where t.subject = %s and a.kind = %s "
    return _read(FROM + where + "order by t.seq limit 1000", [subject, kind], sealed=False)


def consequences(seq: int, *, limit: int = 50) -> list[JournalAct]:
    """Return the acts that the act at `seq` led to."""
    where = "where s.seq in (select t.seq from journal_trail t where t.cause = %s) "
    return _read(FROM + where + "order by s.seq limit %s", [seq, limit], sealed=False)


def position() -> int:
    """Return the place of the newest act, 0 for an empty journal."""
    newest = Position.objects.order_by("-seq").values_list("seq", flat=True)[:1]
    return next(iter(newest), 0)


def lags() -> dict[str, int]:
    """Return how many acts each consumer is behind."""
    newest = position()
    return {row.consumer: newest - row.seq for row in Checkpoint.objects.order_by("consumer")}


def parked() -> list[Parked]:
    """Return what waits to be answered again, oldest first, at most a thousand."""
    return list(Parked.objects.order_by("seq", "consumer")[:1000])


def oldest_unnumbered_seconds() -> float:
    """Return the age of the oldest act without a place: above 5 the sequencer stands still."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select coalesce(extract(epoch from clock_timestamp() - min(recorded_at)), 0) "
            "from journal_act a where id > (select coalesce(max(act_id), 0) from journal_seq)"
        )
        return float(cursor.fetchone()[0])


def _read(query: str, parameters: list[Any], *, sealed: bool) -> list[JournalAct]:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        acts = [_act(row) for row in cursor.fetchall()]
    return acts if sealed else [_public(act) for act in acts]


def _act(row: tuple) -> JournalAct:
    seq, kind, actor, subject, payload, concerns, cause, visibility, recorded_at = row
    return JournalAct(
        seq,
        kind,
        actor,
        subject,
        json.loads(payload),
        [str(thing) for thing in concerns],
        cause,
        visibility,
        recorded_at,
    )


def _public(act: JournalAct) -> JournalAct:
    """Return the act as anyone may see it: of a sealed one its place, its day and a commitment."""
    if act.visibility == Visibility.PUBLIC or _unsealed(act):
        return act
    day = act.recorded_at.replace(hour=0, minute=0, second=0, microsecond=0)
    return replace(
        act,
        kind="sealed",
        actor=None,
        subject=uuid.UUID(int=0),
        payload={},
        concerns=[],
        cause=None,
        recorded_at=day,
        commitment=_commitment(act),
    )


def _unsealed(act: JournalAct) -> bool:
    declared = kinds().get(act.kind)
    wait = declared.unsealed_after if declared else None
    return wait is not None and dt.datetime.now(dt.UTC) >= act.recorded_at + wait


def _commitment(act: JournalAct) -> str:
    """Return HMAC-SHA256 over the act's content, so that it can be proved when it is unsealed."""
    content = json.dumps([act.seq, act.kind, str(act.subject), act.payload], sort_keys=True)
    key = settings.JOURNAL_COMMITMENT_KEY.encode()
    return hmac.new(key, content.encode(), hashlib.sha256).hexdigest()
