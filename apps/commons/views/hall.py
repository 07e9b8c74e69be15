"""The front of the hall, and the pages that explain it."""

import datetime as dt

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from apps.commons.selectors.acts import act_lines
from apps.commons.selectors.asked import asked
from apps.commons.selectors.concentration import layer_bars
from apps.commons.selectors.figures import home_figures, latest_rules
from apps.journal.selectors import latest_acts


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Explain the portal in one screen, with live figures."""
    context = {
        "figures": home_figures(),
        "rules": latest_rules(),
        "lines": act_lines(latest_acts(limit=6)),
    }
    return render(request, "commons/home.html", context)


@require_safe
def concentration(request: HttpRequest) -> HttpResponse:
    """Show in how few hands the register is, layer by layer."""
    return render(request, "commons/concentration.html", {"layers": layer_bars()})


@require_safe
def asked_by_all(request: HttpRequest) -> HttpResponse:
    """Show what everyone asks, and what they are answered; nobody is named."""
    told = {"asked": asked(), "least": settings.QUESTIONS_TOLD_FROM}
    return render(request, "commons/asked.html", told)


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """Say what each of our words means."""
    return render(request, "commons/glossary.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what is kept about people, why, and for how long."""
    told = {"questions_days": settings.QUESTIONS_KEPT_DAYS}
    return render(request, "commons/privacy.html", told)


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say what works with which aids, and what does not yet."""
    return render(request, "commons/accessibility.html")


@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    """Say whom to write to."""
    return render(request, "commons/contact.html", {"address": settings.CONTACT_EMAIL})


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Answer RFC 9116: whom to tell of a weakness; good for half a year from now."""
    expires = (timezone.now() + dt.timedelta(days=180)).replace(microsecond=0)
    lines = [
        f"Contact: mailto:{settings.CONTACT_EMAIL}",
        f"Expires: {expires.astimezone(dt.UTC).isoformat()}",
        "Preferred-Languages: en, hi",
        f"Canonical: {request.build_absolute_uri()}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
