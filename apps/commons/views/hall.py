"""The front of the hall, and the pages that explain it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.commons.selectors.acts import act_lines
from apps.journal.selectors import latest_acts


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Explain the portal in one screen, with live figures."""
    return render(request, "commons/home.html", {"lines": act_lines(latest_acts(limit=6))})
