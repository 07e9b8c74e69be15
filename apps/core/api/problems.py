"""Problem documents (RFC 9457) for every refusal of the API."""

from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler

from apps.core.errors import DomainError, FieldFault

MEDIA_TYPE = "application/problem+json"
CODES = {
    400: "invalid",
    401: "not-signed-in",
    403: "not-permitted",
    404: "not-found",
    405: "method-not-allowed",
    406: "not-acceptable",
    409: "conflict",
    413: "too-large",
    415: "media-type-not-read",
    429: "too-many-requests",
}

# REST framework's own words for these hold a place for a name, which belongs into the detail.
TITLES = {
    405: _("This address does not take this method."),
    415: _("This media type is not read here."),
}


class TooLarge(exceptions.APIException):
    """More was sent than one request may carry."""

    status_code = 413
    default_detail = _("More was sent than one request may carry. Send it in parts.")


def problem(
    *, status: int, code: str, title: str, detail: str, remedy: str = "", faults: list | None = None
) -> dict[str, Any]:
    """Return the members of one problem document; `errors` names the fields at fault."""
    document: dict[str, Any] = {
        "type": f"/problems/{code}",
        "title": str(title),
        "status": status,
        "detail": str(detail),
    }
    if remedy:
        document["remedy"] = str(remedy)
    if faults:
        document["errors"] = [_fault(fault) for fault in faults]
    return document


def _fault(fault: FieldFault) -> dict[str, Any]:
    """Return one fault; its line and column only where it has them."""
    shown: dict[str, Any] = {
        "field": fault.field,
        "reason": str(fault.reason),
        "remedy": str(fault.remedy),
    }
    return shown | {"line": fault.line, "column": fault.column} if fault.line else shown


def domain_problem(error: DomainError) -> dict[str, Any]:
    """Return the problem document of a refusal by a rule of the portal."""
    return problem(
        status=error.status,
        code=error.code,
        title=str(error.title),
        detail=str(error.reason),
        remedy=str(error.remedy),
        faults=error.faults,
    )


def problem_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """Answer any refusal inside the API with a problem document."""
    if isinstance(error, DomainError):
        return _answer(domain_problem(error), error.status)
    if isinstance(error, Http404):
        error = exceptions.NotFound()
    elif isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    elif isinstance(error, RequestDataTooBig):
        error = TooLarge()
    response = exception_handler(error, context)
    if response is None or not isinstance(error, exceptions.APIException):
        return response
    document = _api_problem(error, response.status_code)
    return _answer(document, response.status_code, dict(response.headers))


def _api_problem(error: exceptions.APIException, status: int) -> dict[str, Any]:
    faults = _faults(error.detail) if isinstance(error, exceptions.ValidationError) else []
    detail = gettext("Some fields need another value.") if faults else str(error.detail)
    return problem(
        status=status,
        code=CODES.get(status, "refused"),
        title=str(TITLES.get(status, error.default_detail)),
        detail=detail,
        faults=faults,
    )


def _faults(detail: Any, path: str = "") -> list[FieldFault]:
    if isinstance(detail, dict):
        pairs = [(f"{path}.{key}" if path else str(key), value) for key, value in detail.items()]
        return [fault for key, value in pairs for fault in _faults(value, key)]
    if isinstance(detail, list):
        return [fault for value in detail for fault in _faults(value, path)]
    return [FieldFault(path.removesuffix("non_field_errors"), str(detail))]


def _answer(
    document: dict[str, Any], status: int, headers: dict[str, str] | None = None
) -> Response:
    kept = {
        k: v
        for k, v in (headers or {}).items()
        if k in {"WWW-Authenticate", "Retry-After", "Allow"}
    }
    return Response(document, status=status, headers=kept, content_type=MEDIA_TYPE)
