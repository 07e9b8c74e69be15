"""Sandboxes and exemptions as pages and the API read them."""

from django.db.models import QuerySet

from apps.compliance.errors import ExemptionUnknown, SandboxUnknown
from apps.compliance.models import Exemption, Sandbox
from apps.core.codes import parse
from apps.core.pagination import SIZE, Page, keyset_page


def sandbox_by_code(code: str) -> Sandbox:
    """Return a sandbox; raise `SandboxUnknown`."""
    found = next(iter(Sandbox.objects.filter(code=parse(code))), None)
    if found is None:
        raise SandboxUnknown(field="sandbox")
    return found


def exemption_by_code(code: str) -> Exemption:
    """Return an exemption; raise `ExemptionUnknown`."""
    found = next(iter(_exemptions().filter(code=parse(code))), None)
    if found is None:
        raise ExemptionUnknown(field="code")
    return found


def sandboxes(*, after: str = "", size: int = SIZE) -> Page[Sandbox]:
    """Return all sandboxes, newest first."""
    return keyset_page(Sandbox.objects.all(), order=("-since_at", "-id"), after=after, size=size)


def exemptions(*, after: str = "", size: int = SIZE) -> Page[Exemption]:
    """Return all exemptions, newest first."""
    return keyset_page(_exemptions(), order=("-since_at", "-id"), after=after, size=size)


def _exemptions() -> QuerySet[Exemption]:
    return Exemption.objects.select_related("rule", "listing", "sandbox")
