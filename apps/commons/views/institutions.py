"""Who runs the portal, and what can lawfully run in it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.compliance.selectors.deciding import outcome_unregistered
from apps.institutions import selectors


@require_safe
def charter(request: HttpRequest) -> HttpResponse:
    """Show the charter in force, who sits in the chambers, and what holds without a listing."""
    context = {"charter": selectors.charter(), "unregistered": outcome_unregistered()}
    return render(request, "commons/charter.html", context)


@require_safe
def readiness(request: HttpRequest) -> HttpResponse:
    """Say which procedures have the officers and seats they need."""
    procedures = selectors.readiness()
    lawful = sum(procedure.lawful for procedure in procedures)
    context = {"procedures": procedures, "lawful": lawful}
    return render(request, "commons/readiness.html", context)
