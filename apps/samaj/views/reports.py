"""Report misuse, and get a receipt."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from rest_framework.throttling import BaseThrottle

from apps.cases.services import must_not_flood, report_file
from apps.core.errors import DomainError
from apps.institutions.auth import actor_of
from apps.listings.models import Listing
from apps.listings.selectors import listing_by_code
from apps.samaj.forms import ReportForm


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Show the form; where it was sent, show the receipt: here, and nowhere else."""
    language = get_language() or "en-gb"
    if request.method != "POST":
        listing = _listing(request.GET.get("listing", ""))
        known = {"listing": listing.code, "thing": listing.name} if listing else {}
        form = ReportForm(initial=known)
        return render(request, "samaj/report.html", {"form": form, "listing": listing})
    form = ReportForm(request.POST, request.FILES)
    listing = _listing(request.POST.get("listing", ""))
    if form.is_valid():
        must_not_flood("report", BaseThrottle().get_ident(request))  # type: ignore[arg-type]
        try:
            filed = report_file(
                actor=actor_of(request),
                draft=form.draft(listing, language),
                sent_key=str(form.cleaned_data["form_key"]),
            )
        except DomainError as refused:
            form.add_faults(refused)
        else:
            told = {
                "receipt": filed.receipt.split("-"),
                "assisted": form.cleaned_data["assisted"],
                "refused": filed.refused,
            }
            return render(request, "samaj/receipt.html", told, status=201)
    if request.FILES:
        form.add_error("file", _("Choose your files again: a browser does not keep them."))
    return render(request, "samaj/report.html", {"form": form, "listing": listing}, status=400)


def _listing(code: str) -> Listing | None:
    """Return the listing that a form names; one mistyped is no reason to refuse a report."""
    try:
        return listing_by_code(code) if code else None
    except DomainError:
        return None
