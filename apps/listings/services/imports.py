"""Import many rows: in chunks, each whole or not at all, with the faults of every other row.

A run remembers how many rows it has seen in the transaction that wrote them, so one that was cut
off goes on where it stood, and two workers cannot write the same chunk.
"""

import io
import uuid
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import BinaryIO

from django.db import DataError, IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from apps.core.actor import OPERATOR, Actor, ActorKind
from apps.core.clock import now
from apps.institutions.models import Organisation
from apps.institutions.permissions import refusal
from apps.listings.errors import ImportTooLarge, RunTakenOver
from apps.listings.models import ImportContent, ImportFault, ImportRun
from apps.listings.permissions import can_list_for
from apps.listings.readers import Fault, RowRead, rows_of
from apps.listings.services.listings import Written, rows_write, source_of
from apps.listings.states import RUNS, RunState

CHUNK = 1000
LARGEST = 20 * 1024 * 1024
Progress = Callable[[ImportRun], None]


@transaction.atomic
def import_open(
    *,
    actor: Actor,
    organisation: Organisation | None,
    file_name: str,
    body: bytes | None = None,
    card_id: str = "",
) -> ImportRun:
    """Note that a file is to be imported; a body is kept until the run is finished."""
    if not can_list_for(actor, organisation):
        raise refusal(actor, _("Only members list models for their organisation."))
    if body is not None and len(body) > LARGEST:
        raise ImportTooLarge(field="file")
    at = now()
    run = ImportRun.objects.create(
        organisation=organisation,
        started_by_id=actor.person,
        file_name=file_name[-200:],
        source=source_of(organisation),
        card_id=card_id,
        created_at=at,
        progress_at=at,
    )
    if body is not None:
        ImportContent.objects.create(run=run, body=body)
    return run


def listings_import(
    *,
    actor: Actor,
    organisation: Organisation | None,
    file_name: str,
    body: BinaryIO,
    progress: Progress | None = None,
) -> ImportRun:
    """Import a file at once, in many transactions; return the finished run with its faults."""
    run = import_open(actor=actor, organisation=organisation, file_name=file_name)
    return _import(actor, run, body, progress)


def import_run(*, run_id: uuid.UUID) -> ImportRun:
    """Import what was sent with a run, from where the run stands; a finished one stays as it is.

    Who started it must still be allowed to, at each chunk.
    """
    run = ImportRun.objects.select_related("content", "organisation").get(pk=run_id)
    if run.state == RunState.FINISHED:
        return run
    who = run.started_by_id
    actor = Actor(ActorKind.PERSON, person=who) if who else OPERATOR
    return _import(actor, run, io.BytesIO(bytes(run.content.body)), None)


def _import(actor: Actor, run: ImportRun, body: BinaryIO, progress: Progress | None) -> ImportRun:
    rows = _once(rows_of(run.file_name, body, default_source=run.source, card_id=run.card_id))
    for _row in islice(rows, run.seen):
        pass
    _start(run)
    try:
        while chunk := list(islice(rows, CHUNK)):
            run = _chunk(actor, run, chunk, seen=run.seen)
            if progress:
                progress(run)
    except RunTakenOver:
        raise
    except Exception as error:
        _close(run, RunState.FAILED, error=f"{type(error).__name__}: {error}"[:2000])
        raise
    return _close(run, RunState.FINISHED)


def _once(rows: Iterator[RowRead]) -> Iterator[RowRead]:
    """Give each row, and in place of a second one of the same listing its fault."""
    first: dict[tuple[str, str], int] = {}
    for row in rows:
        if row.draft is None:
            yield row
            continue
        line = first.setdefault((row.draft.source, row.draft.external_id), row.line)
        if line == row.line:
            yield row
        else:
            fault = Fault("external_id", f"This listing stands on line {line} too.", "Keep one.")
            yield RowRead(row.line, row.external_id, None, (fault,))


@transaction.atomic
def _start(run: ImportRun) -> None:
    held = ImportRun.objects.select_for_update().get(pk=run.pk)
    if held.seen != run.seen:
        raise RunTakenOver
    if held.state != RunState.RUNNING:
        RUNS.move(held, RunState.RUNNING)
        held.save(update_fields=["state"])
    run.state = held.state


@transaction.atomic
def _chunk(actor: Actor, run: ImportRun, rows: Sequence[RowRead], *, seen: int) -> ImportRun:
    held = ImportRun.objects.select_for_update(of=("self",)).select_related("organisation")
    run = held.get(pk=run.pk)
    if run.seen != seen:
        raise RunTakenOver
    written = _write(actor, run, rows)
    faults = [_fault(run, row, fault) for row in rows for fault in row.faults]
    faults += [_fault(run, row, fault) for row, fault in written.refused]
    ImportFault.objects.bulk_create(faults)
    run.seen += len(rows)
    run.listed += written.listed
    run.changed += written.changed
    run.unchanged += written.unchanged
    run.refused += len(written.refused) + sum(row.draft is None for row in rows)
    run.progress_at = now()
    run.save()
    return run


def _write(actor: Actor, run: ImportRun, rows: Sequence[RowRead]) -> Written:
    """Write a chunk; where the database itself refuses it, find the row that it refuses."""
    usable = [row for row in rows if row.draft]
    try:
        with transaction.atomic():
            return rows_write(actor=actor, organisation=run.organisation, rows=usable)
    except (DataError, IntegrityError):
        return _one_by_one(actor, run, usable)


def _one_by_one(actor: Actor, run: ImportRun, rows: Sequence[RowRead]) -> Written:
    listed = changed = unchanged = 0
    refused: list[tuple[RowRead, Fault]] = []
    for row in rows:
        try:
            with transaction.atomic():
                written = rows_write(actor=actor, organisation=run.organisation, rows=[row])
        except (DataError, IntegrityError) as error:
            reason = str(error).partition("\n")[0]
            refused.append((row, Fault("", f"The database refuses this row: {reason}")))
            continue
        listed += written.listed
        changed += written.changed
        unchanged += written.unchanged
        refused += written.refused
    return Written(listed, changed, unchanged, refused)


def _fault(run: ImportRun, row: RowRead, fault: Fault) -> ImportFault:
    return ImportFault(
        run=run,
        line=row.line,
        external_id=row.external_id[:300],
        field=fault.field[:60],
        reason=fault.reason,
        remedy=fault.remedy,
    )


@transaction.atomic
def _close(run: ImportRun, state: RunState, *, error: str = "") -> ImportRun:
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    RUNS.move(run, state)
    run.error, run.finished_at = error, now()
    run.save(update_fields=["state", "error", "finished_at"])
    if state == RunState.FINISHED:
        ImportContent.objects.filter(run=run).delete()
    return run
