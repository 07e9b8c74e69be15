"""Notices that text and expression part, by their code and of a version."""

from django.db.models import QuerySet

from apps.core.codes import parse
from apps.policy.errors import DivergenceUnknown
from apps.policy.models import Divergence, RuleVersion


def divergence_by_code(code: str) -> Divergence:
    """Return one notice with its rule; raise `DivergenceUnknown`."""
    rows = Divergence.objects.select_related("version__rule").filter(code=parse(code))
    found = rows.first()
    if found is None:
        raise DivergenceUnknown(field="code")
    return found


def divergences_of(version: RuleVersion) -> QuerySet[Divergence]:
    """Return the notices on a version, newest first."""
    return version.divergences.order_by("-filed_at", "-id")
