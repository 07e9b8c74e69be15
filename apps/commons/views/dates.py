"""The calendar of the hall: by month, and as a feed."""

import datetime as dt
import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from apps.commons.calendar import Event, icalendar
from apps.commons.selectors.dates import Span, days, entries
from apps.core.clock import now, today

MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")
BEHIND = dt.timedelta(days=31)
AHEAD = dt.timedelta(days=366)


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Show what opens, closes, begins and ends in one month, day by day."""
    present = today(settings.TIME_ZONE)
    month = _month(request.GET.get("month", "")) or present.replace(day=1)
    after = (month + dt.timedelta(days=31)).replace(day=1)
    found = entries(Span(_midnight(month), _midnight(after)))
    context = {
        "month": month,
        "before": (month - dt.timedelta(days=1)).replace(day=1),
        "after": after,
        "today": present,
        "days": days(found),
        "total": len(found),
    }
    return render(request, "commons/calendar.html", context)


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Answer with the dates of the last month and the next year, for any calendar program."""
    moment = now()
    found = entries(Span(moment - BEHIND, moment + AHEAD))
    host = request.get_host().split(":")[0]
    events = [
        Event(
            uid=f"{entry.key}@{host}",
            at=entry.at,
            summary=f"{entry.what}: {entry.title}",
            url=request.build_absolute_uri(entry.url) if entry.url else "",
        )
        for entry in found
    ]
    text = icalendar(events, name=_("Sangam: dates of the hall"), made_at=moment)
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="sangam.ics"'
    return answer


def _month(asked: str) -> dt.date | None:
    found = MONTH.fullmatch(asked)
    return dt.date(int(found[1]), int(found[2]), 1) if found else None


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), get_current_timezone())
