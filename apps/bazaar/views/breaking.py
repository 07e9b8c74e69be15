"""What changes for the company's own questions on a day to come."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from apps.bazaar.asking import Asker, asker
from apps.bazaar.forms.questions import DayForm
from apps.compliance.selectors.answers import Reason
from apps.compliance.selectors.breaking import Change, Changes, changes_on, day_ahead, turns_ahead
from apps.core.tables import csv_lines

SHOWN = 200
TURNS = 12
HEAD = (
    *("model", "listing", "use", "jurisdiction", "commercial", "times", "before", "after"),
    *("would_be_before", "would_be_after", "begins", "ends"),
)


@login_required
@never_cache
@require_safe
def breaking(request: HttpRequest) -> HttpResponse:
    """Show what will be answered otherwise, by which rules, and how often it was asked."""
    whose, form = asker(request), DayForm(request.GET)
    turns = turns_ahead(whose.id)
    found = changes_on(whose.id, form.day() or day_ahead(turns))
    context = {
        "whose": whose,
        "form": form if form.errors else DayForm(initial={"on": found.on}),
        "found": found,
        "shown": found.changes[:SHOWN],
        "hidden": len(found.changes) - SHOWN,
        "turns": turns[:TURNS],
    }
    return render(request, "bazaar/breaking.html", context)


@login_required
@never_cache
@require_safe
def as_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Hand the same out as a table."""
    found = _asked_for(request, asker(request))
    lines = csv_lines(HEAD, _rows(found))
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8; header=present")
    name = f"sangam-changes-{found.on}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _asked_for(request: HttpRequest, whose: Asker) -> Changes:
    day = DayForm(request.GET).day()
    return changes_on(whose.id, day or day_ahead(turns_ahead(whose.id)))


def _rows(found: Changes) -> Iterator[tuple[Any, ...]]:
    return (_row(change) for change in found.changes)


def _row(change: Change) -> tuple[Any, ...]:
    asked, before, after = change.question, change.before, change.after
    return (
        *(asked.model, after.listing, asked.use, asked.jurisdiction, asked.commercial),
        *(change.times, before.outcome.slug, after.outcome.slug),
        *(before.would_be.slug, after.would_be.slug),
        *("; ".join(map(_ground, reasons)) for reasons in (change.begins, change.ends)),
    )


def _ground(reason: Reason) -> str:
    if reason.measure:
        return reason.measure
    clauses = ", ".join(str(number) for number, _text in reason.clauses)
    return f"{reason.rule} v{reason.version} ({clauses})" if reason.rule else reason.citation
