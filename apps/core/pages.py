"""Refusals on pages: a person reads what happened, why, and what to do, with the right status."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from apps.core.errors import DomainError


def attachment(name: str, content: bytes) -> HttpResponse:
    """Return a stranger's file: always to be saved, of no type, so that nothing opens it."""
    answer = HttpResponse(content, content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["Cache-Control"] = "no-store"
    return answer


class RefusalPages:
    """Middleware that answers a refusal which no view has caught with its own page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Render the refusal; anything else stays the fault that it is."""
        if not isinstance(error, DomainError):
            return None
        return render(request, "refusal.html", {"refusal": error}, status=error.status)
