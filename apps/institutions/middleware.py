"""At the door of every page: suspended people are turned away, officers led to a second factor."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from apps.institutions.auth import second_factor_of
from apps.institutions.models import User
from apps.institutions.permissions import needs_second_factor
from apps.institutions.selectors.people import second_factors_of, suspension_of

# The API answers for itself; accounts, a person's own page and the language stay open, so that a
# second factor can be set up and nobody is locked into the portal.
API = "/api/"
OPEN = ("/accounts/", "/me/", "/language/")


class Standing:
    """Look at the standing of whoever is signed in, before any page answers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in place of the page where the person may not go on."""
        if not request.path.startswith(API) and isinstance(request.user, User):
            refused = _refused(request, request.user)
            if refused is not None:
                return refused
        return self.get_response(request)


def _refused(request: HttpRequest, user: User) -> HttpResponse | None:
    if suspension := suspension_of(user.pk):
        logout(request)
        return render(
            request, "institutions/suspended.html", {"suspension": suspension}, status=403
        )
    if request.path.startswith(OPEN) or not needs_second_factor(user.pk):
        return None
    if second_factor_of(request):
        return None
    messages.warning(request, _("Your office needs a second factor. Please use it now."))
    view = "mfa_reauthenticate" if second_factors_of(user.pk) else "mfa_activate_totp"
    return redirect(f"{reverse(view)}?{urlencode({'next': request.get_full_path()})}")
