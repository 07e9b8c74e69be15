"""The desk of administrators and clerks: offices, mandates, seats, suspensions, erasures."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.core.actor import Actor
from apps.core.errors import DomainError, Text
from apps.institutions import forms
from apps.institutions import services as do
from apps.institutions.auth import actor_of
from apps.institutions.models import (
    DutyShift,
    ErasureRequest,
    Invitation,
    Mandate,
    OfficeHolding,
    Organisation,
    SeatTerm,
    Suspension,
)
from apps.institutions.offices import Office, Subject
from apps.institutions.permissions import holds_office, refusal
from apps.institutions.selectors import desk as before_us
from apps.institutions.selectors import organisation_by_code
from apps.institutions.selectors.duties import roster

Wanted = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that is done by a form of the desk."""

    title: Text
    form: type[django_forms.Form]
    service: Callable[[Actor, Wanted], object]


def _give_office(actor: Actor, wanted: Wanted) -> object:
    return do.office_grant(
        actor=actor,
        user=before_us.person_by_address(wanted["email"]),
        office=Office(wanted["office"]),
        chamber=before_us.chamber_of(wanted["sector"]) if wanted["sector"] else None,
        until_at=wanted["until_at"],
    )


def _give_mandate(actor: Actor, wanted: Wanted) -> object:
    return do.mandate_grant(
        actor=actor,
        user=before_us.person_by_address(wanted["email"]),
        place=wanted["place"],
        subject=Subject(wanted["subject"]),
        legal_basis=wanted["legal_basis"],
        until_at=wanted["until_at"],
    )


def _enter_shift(actor: Actor, wanted: Wanted) -> object:
    return do.shift_enter(
        actor=actor,
        user=before_us.person_by_address(wanted["email"]),
        place=wanted["place"],
        from_at=wanted["from_at"],
        until_at=wanted["until_at"],
    )


def _appoint(actor: Actor, wanted: Wanted) -> object:
    code = wanted["organisation"]
    return do.seat_appoint(
        actor=actor,
        seat=before_us.seat_by_number(wanted["sector"], wanted["number"]),
        user=before_us.person_by_address(wanted["email"]),
        until_at=wanted["until_at"],
        basis=wanted["basis"],
        organisation=organisation_by_code(code) if code else None,
    )


def _suspend_person(actor: Actor, wanted: Wanted) -> object:
    return do.person_suspend(
        actor=actor,
        user=before_us.person_by_address(wanted["email"]),
        reason=wanted["reason"],
        until_at=wanted["until_at"],
    )


def _suspend_organisation(actor: Actor, wanted: Wanted) -> object:
    company = organisation_by_code(wanted["organisation"])
    return do.organisation_suspend(actor=actor, organisation=company, reason=wanted["reason"])


def _offer_seat(actor: Actor, wanted: Wanted) -> object:
    offer = do.Offer(
        seat=before_us.seat_by_number(wanted["sector"], wanted["number"]),
        term_until_at=wanted["until_at"],
        basis=wanted["basis"],
    )
    return do.invitation_send(actor=actor, email=wanted["email"], offer=offer)


def _offer_office(actor: Actor, wanted: Wanted) -> object:
    offer = do.Offer(
        office=Office(wanted["office"]),
        chamber=before_us.chamber_of(wanted["sector"]) if wanted["sector"] else None,
        term_until_at=wanted["until_at"],
    )
    return do.invitation_send(actor=actor, email=wanted["email"], offer=offer)


DEEDS = {
    "office": Deed(gettext_lazy("Give an office"), forms.OfficeForm, _give_office),
    "mandate": Deed(gettext_lazy("Record a mandate"), forms.MandateForm, _give_mandate),
    "duty-shift": Deed(gettext_lazy("Enter a duty shift"), forms.ShiftForm, _enter_shift),
    "seat": Deed(gettext_lazy("Record an appointment"), forms.SeatForm, _appoint),
    "invite-to-seat": Deed(gettext_lazy("Invite to a seat"), forms.SeatOfferForm, _offer_seat),
    "invite-to-office": Deed(gettext_lazy("Invite to an office"), forms.OfficeForm, _offer_office),
    "suspend-person": Deed(
        gettext_lazy("Suspend a person"), forms.PersonSuspensionForm, _suspend_person
    ),
    "suspend-organisation": Deed(
        gettext_lazy("Suspend an organisation"),
        forms.OrganisationSuspensionForm,
        _suspend_organisation,
    ),
}
ENDINGS: dict[str, tuple[type[Any], Callable[[Actor, Any], object]]] = {
    "office": (OfficeHolding, lambda actor, row: do.office_end(actor=actor, holding=row)),
    "mandate": (Mandate, lambda actor, row: do.mandate_end(actor=actor, mandate=row)),
    "seat": (SeatTerm, lambda actor, row: do.seat_vacate(actor=actor, term=row)),
    "shift": (DutyShift, lambda actor, row: do.shift_end(actor=actor, shift=row)),
    "suspension": (Suspension, lambda actor, row: do.person_restore(actor=actor, suspension=row)),
    "invitation": (
        Invitation,
        lambda actor, row: do.invitation_withdraw(actor=actor, invitation=row),
    ),
    "organisation": (
        Organisation,
        lambda actor, row: do.organisation_restore(actor=actor, organisation=row),
    ),
}


@login_required
@never_cache
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Show who holds what now, and what waits for an answer."""
    _officer(request)
    facts = {
        "deeds": DEEDS,
        "offices": before_us.offices_held(),
        "mandates": before_us.mandates_held(),
        "shifts": roster()[: before_us.SHOWN],
        "seats": before_us.seats_held(),
        "invitations": before_us.offers_open(),
        "suspensions": before_us.suspensions_running(),
        "erasures": before_us.erasures_due(),
    }
    return render(request, "institutions/desk.html", facts)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def deed(request: HttpRequest, name: str) -> HttpResponse:
    """Show the form of one deed; a post does it."""
    actor = _officer(request)
    if name not in DEEDS:
        raise Http404
    chosen = DEEDS[name]
    form = chosen.form(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            chosen.service(actor, form.cleaned_data)
        except DomainError as refused:
            forms.add_refusal(form, refused)
        else:
            messages.success(request, _("Done and recorded."))
            return redirect("institutions:desk")
    facts = {"title": chosen.title, "form": form}
    return render(request, "institutions/deed.html", facts, status=400 if form.errors else 200)


@login_required
@require_POST
def end(request: HttpRequest, name: str, row: uuid.UUID) -> HttpResponse:
    """End an office, a mandate or a term, or lift a suspension."""
    actor = _officer(request)
    if name not in ENDINGS:
        raise Http404
    model, service = ENDINGS[name]
    service(actor, get_object_or_404(model, pk=row))
    messages.success(request, _("Ended and recorded."))
    return redirect("institutions:desk")


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def erasure(request: HttpRequest, request_id: uuid.UUID) -> HttpResponse:
    """Answer a request for erasure."""
    actor = _officer(request)
    found = get_object_or_404(ErasureRequest.objects.select_related("user"), pk=request_id)
    form = forms.ErasureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data
        service = do.erasure_carry_out if wanted["done"] else do.erasure_refuse
        service(actor=actor, request=found, answer=wanted["answer"])
        messages.success(request, _("Answered and recorded."))
        return redirect("institutions:desk")
    facts = {"title": _("Answer a request for erasure"), "form": form, "person": found.user}
    return render(request, "institutions/deed.html", facts, status=400 if form.errors else 200)


def _officer(request: HttpRequest) -> Actor:
    """Return the actor; only administrators and clerks come to this desk."""
    actor = actor_of(request)
    if not holds_office(actor, Office.ADMINISTRATOR, Office.CLERK):
        raise refusal(actor, _("Only administrators and clerks come here."))
    return actor
