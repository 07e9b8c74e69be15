"""The first page: what can be done here."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.cases.selectors import cases_page

NEWEST = 10


@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """Show the way to report, the way back, and the newest public cases."""
    return render(request, "samaj/doorway.html", {"cases": cases_page(size=NEWEST).rows})
