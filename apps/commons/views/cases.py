"""Cases that are public, both sides at equal rank, and orders from outside."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.cases.selectors import (
    cases_page,
    order_figures,
    orders_page,
    public_case,
    steps_of,
    urgent_newest,
)
from apps.clocks.selectors import clocks_of
from apps.compliance.selectors.acknowledgements import applied_of_measures
from apps.core.jurisdictions import jurisdiction


@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """List public cases, newest first."""
    page = cases_page(after=request.GET.get("after", ""))
    return render(request, "commons/cases.html", {"page": page})


@require_safe
def orders(request: HttpRequest) -> HttpResponse:
    """List and count what courts and governments ordered, and what officers did at once."""
    page = orders_page(after=request.GET.get("after", ""))
    applied = applied_of_measures(order.measure_id for order in page.rows)
    rows = [(order, applied.get(order.measure_id)) for order in page.rows]
    context = {
        "page": page,
        "rows": rows,
        "figures": order_figures(),
        "urgent": urgent_newest(),
    }
    return render(request, "commons/orders.html", context)


@require_safe
def case(request: HttpRequest, code: str) -> HttpResponse:
    """Show what was alleged, what the company answered, and what was decided and why."""
    found = public_case(code)
    decisions = found.decisions.select_related("rule_version__rule", "measure")
    decided = decisions.prefetch_related("appeals").order_by("issued_at", "id")
    applied = applied_of_measures(one.measure_id for one in decided if one.measure_id)
    context = {
        "case": found,
        "allegation": found.allegation,
        "response": getattr(found.allegation, "response", None),
        "stations": steps_of(found),
        "decisions": [
            (one, applied.get(one.measure_id) if one.measure_id else None) for one in decided
        ],
        "clocks": clocks_of(found.pk),
        "reports": found.links.count(),
        "places": [jurisdiction(place).name for place in found.jurisdictions],
    }
    return render(request, "commons/case.html", context)
