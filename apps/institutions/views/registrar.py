"""The registrar's desk: organisations that wait for an answer."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from apps.core.actor import Actor
from apps.core.pagination import keyset_page
from apps.institutions.auth import actor_of
from apps.institutions.forms import OrganisationAnswerForm
from apps.institutions.offices import Office
from apps.institutions.permissions import holds_office, refusal
from apps.institutions.selectors import organisation_by_code
from apps.institutions.selectors.desk import organisations_due
from apps.institutions.services import organisation_confirm, organisation_refuse


@login_required
@never_cache
@require_safe
def registrations(request: HttpRequest) -> HttpResponse:
    """List the organisations that wait, oldest first."""
    _registrar(request)
    page = keyset_page(
        organisations_due(),
        order=["registered_at", "id"],
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    return render(request, "institutions/registrations.html", {"page": page})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """Confirm or refuse one organisation."""
    actor = _registrar(request)
    found = organisation_by_code(code)
    form = OrganisationAnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data
        if wanted["confirmed"]:
            group = wanted["owner_group"]
            organisation_confirm(actor=actor, organisation=found, owner_group=group)
        else:
            organisation_refuse(actor=actor, organisation=found)
        messages.success(request, _("Answered and recorded."))
        return redirect("institutions:registrations")
    facts = {"organisation": found, "form": form}
    return render(
        request, "institutions/registration.html", facts, status=400 if form.errors else 200
    )


def _registrar(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not holds_office(actor, Office.REGISTRAR):
        raise refusal(actor, _("Only registrars come here."))
    return actor
