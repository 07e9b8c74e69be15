"""The first page: a desk for those in office, the instruments in force for everyone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.cases.permissions import can_triage
from apps.core.pagination import keyset_page
from apps.institutions.auth import actor_of
from apps.institutions.permissions import lacks_second_factor
from apps.policy.permissions import can_enter_instruments
from apps.sarkar.permissions import can_see_journal, can_see_register
from apps.sarkar.selectors import desk_of, instruments, needs_of


@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """Show the desk of a regulator or an administrator, and to others what the state has ruled."""
    actor = actor_of(request)
    may_enter, may_see_journal = can_enter_instruments(actor), can_see_journal(actor)
    if not (may_enter or may_see_journal):
        page = keyset_page(
            instruments(),
            order=("rule__number", "number"),
            after=request.GET.get("after", ""),
            before=request.GET.get("before", ""),
        )
        context = {
            "page": page,
            "needs": needs_of(actor) if actor.person else [],
            "lacks_second_factor": lacks_second_factor(actor),
            "may_see_register": can_see_register(actor),
            "may_triage": can_triage(actor),
        }
        return render(request, "sarkar/doorway.html", context)
    desk = desk_of(actor)
    context = {
        "desk": desk,
        "needs": needs_of(actor, desk),
        "may_enter": may_enter,
        "may_see_journal": may_see_journal,
        "may_see_register": can_see_register(actor),
        "may_triage": can_triage(actor),
    }
    return render(request, "sarkar/desk.html", context)
