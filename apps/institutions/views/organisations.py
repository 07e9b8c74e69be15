"""Organisations: their registration, their page, their members."""

import uuid

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
from apps.institutions.errors import OrganisationUnknown
from apps.institutions.forms import InvitationForm, OrganisationForm, add_refusal
from apps.institutions.models import Invitation, Membership, Organisation, Role
from apps.institutions.offices import Office
from apps.institutions.permissions import belongs, holds_office, owns
from apps.institutions.sectors import Sector
from apps.institutions.selectors.organisations import (
    SHOWN,
    invitations_open,
    members_of,
    organisation_by_code,
    suspension_of_organisation,
)
from apps.institutions.services import (
    Offer,
    invitation_send,
    invitation_withdraw,
    membership_end,
    organisation_register,
)
from apps.institutions.states import ORGANISATION


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Register an organisation; the person becomes its owner."""
    form = OrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data
        try:
            made = organisation_register(
                actor=actor_of(request),
                name=wanted["name"],
                sector=Sector(wanted["sector"]),
                place=wanted["place"],
                website=wanted["website"],
                email_domain=wanted["email_domain"],
            )
        except DomainError as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, _("Registered. A registrar looks at it now."))
            return redirect("institutions:organisation", code=made.code)
    return render(
        request,
        "institutions/organisation_register.html",
        {"form": form},
        status=400 if form.errors else 200,
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def organisation(request: HttpRequest, code: str) -> HttpResponse:
    """Show an organisation to whoever may see it; an owner's post invites a colleague."""
    actor = actor_of(request)
    found = organisation_by_code(code)
    inside = belongs(actor, found)
    if found.state not in SHOWN and not inside and not holds_office(actor, Office.REGISTRAR):
        raise OrganisationUnknown
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _invite(actor, found, form):
        messages.success(request, _("The invitation was sent."))
        return redirect("institutions:organisation", code=found.code)
    facts = {
        "organisation": found,
        "stations": ORGANISATION.timeline(found.state),
        "inside": inside,
        "suspension": suspension_of_organisation(found) if inside else None,
        "owner": owns(actor, found),
        "members": members_of(found) if inside else [],
        "invitations": invitations_open(found) if owns(actor, found) else [],
        "form": form,
    }
    status = 400 if form.errors else 200
    return render(request, "institutions/organisation.html", facts, status=status)


@login_required
@require_POST
def member_end(request: HttpRequest, code: str, membership: uuid.UUID) -> HttpResponse:
    """End a membership: one's own, or as an owner another's."""
    found = get_object_or_404(Membership, pk=membership, organisation=organisation_by_code(code))
    membership_end(actor=actor_of(request), membership=found)
    messages.success(request, _("The membership has ended."))
    if found.user_id == person_of(request).pk:
        return redirect("institutions:me")
    return redirect("institutions:organisation", code=code)


@login_required
@require_POST
def invitation_end(request: HttpRequest, code: str, invitation: uuid.UUID) -> HttpResponse:
    """Take back an invitation."""
    found = get_object_or_404(Invitation, pk=invitation, organisation=organisation_by_code(code))
    invitation_withdraw(actor=actor_of(request), invitation=found)
    messages.success(request, _("The invitation was withdrawn."))
    return redirect("institutions:organisation", code=code)


def _invite(actor: Actor, found: Organisation, form: InvitationForm) -> bool:
    wanted = form.cleaned_data
    offer = Offer(organisation=found, role=Role(wanted["role"]))
    try:
        invitation_send(actor=actor, email=wanted["email"], offer=offer)
    except DomainError as refused:
        add_refusal(form, refused)
        return False
    return True
