"""Whether the portal lives, whether it is ready, and its figures for a monitor."""

import hmac
from collections.abc import Callable, Iterator

import psycopg
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, InterfaceError, connections
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError as BrokerFault

from apps.compliance.selectors.asked import questions_lost
from apps.journal import selectors
from config.celery import app as celery_app

# A young act without a place is nothing; an old one means that no sequencer runs.
NUMBERED_WITHIN = 30.0
FAULTS = (DatabaseError, InterfaceError, BrokerFault, psycopg.Error, OSError)
_migrated = False


@require_safe
@never_cache
def healthz(_request: HttpRequest) -> HttpResponse:
    """Say that the process lives; nothing else is asked."""
    return HttpResponse("alive\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(_request: HttpRequest) -> JsonResponse:
    """Say whether the database, its tables, the journal and the broker are as they must be."""
    parts = {name: _holds(probe) for name, probe in PROBES.items()}
    return JsonResponse({"ready": all(parts.values()), **parts}, status=_status(parts))


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Return the journal's figures in Prometheus's text form; they are not for everyone."""
    if not _may_measure(request):
        raise PermissionDenied
    text = "\n".join(_figures()) + "\n"
    return HttpResponse(text, content_type="text/plain; version=0.0.4; charset=utf-8")


def _status(parts: dict[str, bool]) -> int:
    return 200 if all(parts.values()) else 503


def _holds(probe: Callable[[], bool]) -> bool:
    try:
        return probe()
    except FAULTS:
        return False


def _database() -> bool:
    with connections["default"].cursor() as cursor:
        cursor.execute("select 1")
        return cursor.fetchone() == (1,)


def _tables() -> bool:
    """Whether every migration was applied; once true it stays true for this process's code."""
    global _migrated  # noqa: PLW0603 - a process's knowledge of itself
    if not _migrated:
        executor = MigrationExecutor(connections["default"])
        _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _migrated


def _journal() -> bool:
    return selectors.oldest_unnumbered_seconds() < NUMBERED_WITHIN


def _broker() -> bool:
    with celery_app.connection_for_write() as link:
        link.ensure_connection(max_retries=1, timeout=2)
    return True


PROBES: dict[str, Callable[[], bool]] = {
    "database": _database,
    "migrations": _tables,
    "journal": _journal,
    "broker": _broker,
}


def _may_measure(request: HttpRequest) -> bool:
    """Let in who shows the token; without one, this machine alone, where no server is named."""
    if settings.METRICS_TOKEN:
        shown = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return hmac.compare_digest(shown.encode(), settings.METRICS_TOKEN.encode())
    return settings.EMBEDDED and request.META.get("REMOTE_ADDR") in ("127.0.0.1", "::1")


def _figures() -> Iterator[str]:
    yield from _gauge("sangam_journal_position", "Place of the newest act.", selectors.position())
    yield "# HELP sangam_journal_lag Acts that a consumer has not answered yet."
    yield "# TYPE sangam_journal_lag gauge"
    for consumer, behind in selectors.lags().items():
        yield f'sangam_journal_lag{{consumer="{consumer}"}} {behind}'
    waiting = len(selectors.parked())
    yield from _gauge("sangam_journal_parked", "Acts parked after a failure.", waiting)
    yield from _gauge(
        "sangam_journal_oldest_unnumbered_seconds",
        "Age of the oldest act without a place; above 5 the sequencer stands still.",
        selectors.oldest_unnumbered_seconds(),
    )
    lost = "Questions that were answered and could not be logged."
    yield f"# HELP sangam_questions_lost_total {lost}"
    yield "# TYPE sangam_questions_lost_total counter"
    yield f"sangam_questions_lost_total {questions_lost()}"


def _gauge(name: str, words: str, value: float) -> Iterator[str]:
    yield f"# HELP {name} {words}"
    yield f"# TYPE {name} gauge"
    yield f"{name} {value}"
