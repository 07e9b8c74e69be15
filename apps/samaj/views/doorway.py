"""The first page: what can be done here."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.cases.selectors import cases_page
from apps.core.clock import now
from apps.core.needs import by_due
from apps.institutions.auth import actor_of
from apps.policy.selectors import rules_owed
from apps.proposals.selectors.owed import deliberation_owed

NEWEST = 10


@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """Show what waits for the reader, the way to report, the way back, and the newest cases."""
    actor = actor_of(request)
    context = {
        "needs": by_due([*deliberation_owed(actor, now()), *rules_owed(actor)]),
        "cases": cases_page(size=NEWEST).rows,
    }
    return render(request, "samaj/doorway.html", context)
