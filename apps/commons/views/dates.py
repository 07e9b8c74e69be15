"""The calendar of the hall: by month, and as a feed."""

import datetime as dt
import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from apps.commons.calendar import Event, icalendar
from apps.commons.selectors.dates import Span, days, entries, in_order
from apps.commons.selectors.own_dates import on_duty_shown, own_entries
from apps.core.clock import now, today
from apps.institutions.auth import actor_of

MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")
BEHIND = dt.timedelta(days=31)
AHEAD = dt.timedelta(days=366)


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Show what opens, closes, begins and ends in one month, day by day.

    Whoever is signed in sees also what is owed by their marketplaces; regulators who is on duty.
    """
    present = today(settings.TIME_ZONE)
    month = _month(request.GET.get("month", "")) or present.replace(day=1)
    after = (month + dt.timedelta(days=31)).replace(day=1)
    actor, span = actor_of(request), Span(_midnight(month), _midnight(after))
    own = own_entries(actor, span)
    found = in_order([*entries(span), *own])
    context = {
        "month": month,
        "before": (month - dt.timedelta(days=1)).replace(day=1),
        "after": after,
        "today": present,
        "days": days(found),
        "total": len(found),
        "own": len(own),
        "on_duty": on_duty_shown(actor),
    }
    return render(request, "commons/calendar.html", context)


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Answer with the dates of the last month and the next year, for any calendar program.

    Fetched in a session it has one's own dates too; a program that subscribes has the public ones.
    """
    moment = now()
    span = Span(moment - BEHIND, moment + AHEAD)
    found = in_order([*entries(span), *own_entries(actor_of(request), span)])
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
    patch_cache_control(answer, private=True)
    answer["Content-Disposition"] = 'inline; filename="sangam.ics"'
    return answer


def _month(asked: str) -> dt.date | None:
    found = MONTH.fullmatch(asked)
    return dt.date(int(found[1]), int(found[2]), 1) if found else None


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), get_current_timezone())
