"""A person's own page: profile, memberships, second factor, sessions, data, interests."""

import uuid

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from apps.core.actor import Actor
from apps.core.errors import DomainError
from apps.institutions.auth import actor_of, person_of
from apps.institutions.forms import InterestForm, ProfileForm, add_refusal
from apps.institutions.models import ConflictDeclaration, ErasureRequest, User
from apps.institutions.offices import Office
from apps.institutions.permissions import holds_office, needs_second_factor
from apps.institutions.selectors.organisations import memberships_of, organisation_by_code
from apps.institutions.selectors.people import (
    erasure_open,
    interests_of,
    mandates_of,
    offices_of,
    seats_of,
    second_factors_of,
)
from apps.institutions.services import (
    conflict_declare,
    conflict_withdraw,
    erasure_request,
    erasure_withdraw,
    profile_change,
)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def me(request: HttpRequest) -> HttpResponse:
    """Show everything that hangs on the account; a post changes name and language."""
    user = person_of(request)
    form = ProfileForm(request.POST or None, instance=user)
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data
        profile_change(actor=actor_of(request), name=wanted["name"], language=wanted["language"])
        messages.success(request, _("Your profile was saved."))
        response = redirect("institutions:me")
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, wanted["language"], samesite="Lax")
        return response
    return _page(request, user, form, InterestForm())


@login_required
@require_POST
def interest_declare(request: HttpRequest) -> HttpResponse:
    """Declare a particular interest."""
    form = InterestForm(request.POST)
    if form.is_valid():
        try:
            _declare(actor_of(request), form.cleaned_data)
        except DomainError as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, _("Your interest was declared."))
            return redirect("institutions:me")
    user = person_of(request)
    return _page(request, user, ProfileForm(instance=user), form)


@login_required
@require_POST
def interest_withdraw(request: HttpRequest, declaration: uuid.UUID) -> HttpResponse:
    """Say that an interest has ended."""
    found = get_object_or_404(ConflictDeclaration, pk=declaration, user=person_of(request).pk)
    conflict_withdraw(actor=actor_of(request), declaration=found)
    messages.success(request, _("The interest was withdrawn."))
    return redirect("institutions:me")


@login_required
@require_POST
def erasure_ask(request: HttpRequest) -> HttpResponse:
    """Ask for the erasure of one's data."""
    erasure_request(actor=actor_of(request))
    messages.success(request, _("Your request was sent. An administrator answers it."))
    return redirect("institutions:me")


@login_required
@require_POST
def erasure_take_back(request: HttpRequest, erasure: uuid.UUID) -> HttpResponse:
    """Take the request back."""
    found = get_object_or_404(ErasureRequest, pk=erasure, user=person_of(request).pk)
    erasure_withdraw(actor=actor_of(request), request=found)
    messages.success(request, _("Your request was withdrawn."))
    return redirect("institutions:me")


def _declare(actor: Actor, wanted: dict[str, str]) -> None:
    code = wanted["organisation"]
    conflict_declare(
        actor=actor,
        interest=wanted["interest"],
        organisation=organisation_by_code(code) if code else None,
        matter=wanted["matter"],
    )


def _page(
    request: HttpRequest, user: User, form: ProfileForm, interest: InterestForm
) -> HttpResponse:
    facts = {
        "person": user,
        "form": form,
        "interest_form": interest,
        "memberships": memberships_of(user.pk),
        "offices": offices_of(user.pk),
        "seats": seats_of(user.pk),
        "mandates": mandates_of(user.pk),
        "interests": interests_of(user.pk),
        "second_factors": second_factors_of(user.pk),
        "second_factor_needed": needs_second_factor(user.pk),
        "erasure": erasure_open(user.pk),
        "at_desk": holds_office(actor_of(request), Office.ADMINISTRATOR, Office.CLERK),
        "registers": holds_office(actor_of(request), Office.REGISTRAR),
    }
    wrong = form.errors or interest.errors
    return render(request, "institutions/me.html", facts, status=400 if wrong else 200)
