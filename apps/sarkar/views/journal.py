"""The journal's engine room: how far consumers are, and what they could not answer."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from apps.institutions.auth import actor_of
from apps.institutions.permissions import refusal
from apps.journal.selectors import lags, oldest_unnumbered_seconds, position
from apps.sarkar.permissions import can_see_journal
from apps.sarkar.selectors import parked_lines
from apps.sarkar.services import parked_acts_retry


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def journal(request: HttpRequest) -> HttpResponse:
    """Show parked acts to an administrator; a post has them answered again now."""
    actor = actor_of(request)
    if not can_see_journal(actor):
        raise refusal(actor, _("Only an administrator sees parked acts."))
    if request.method == "POST":
        count = parked_acts_retry(actor=actor, consumer=request.POST.get("consumer", ""))
        words = ngettext("%(n)s act is answered again.", "%(n)s acts are answered again.", count)
        messages.success(request, words % {"n": count})
        return redirect("sarkar:journal")
    context = {
        "lines": parked_lines(),
        "lags": lags(),
        "position": position(),
        "unnumbered": oldest_unnumbered_seconds(),
    }
    return render(request, "sarkar/journal.html", context)
