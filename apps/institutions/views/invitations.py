"""The page behind the link of an invitation."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from apps.institutions.auth import actor_of
from apps.institutions.selectors.invitations import invitation_by_secret
from apps.institutions.services import invitation_accept


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Say what is offered; a post accepts it."""
    if request.method == "POST":
        accepted = invitation_accept(actor=actor_of(request), secret=secret)
        messages.success(request, _("You have accepted the invitation."))
        if accepted.organisation:
            return redirect("institutions:organisation", code=accepted.organisation.code)
        return redirect("institutions:me")
    facts = {"invitation": invitation_by_secret(secret)}
    return render(request, "institutions/invitation.html", facts)
