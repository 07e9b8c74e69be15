"""The list of uses beside the licence register."""

import datetime as dt

from django.db.models import Q

from apps.licensing.models import RestrictionUse
from apps.policy.models import Use


def uses_with_codes(day: dt.date) -> list[tuple[Use, list[RestrictionUse]]]:
    """Return the uses of a day, each with the licence codes that forbid it, in two queries."""
    until = Q(valid_until=None) | Q(valid_until__gt=day)
    codes: dict[str, list[RestrictionUse]] = {}
    rows = RestrictionUse.objects.filter(until, valid_from__lte=day).select_related("restriction")
    for row in rows.order_by("restriction_id"):
        codes.setdefault(row.use, []).append(row)
    uses = Use.objects.filter(until, valid_from__lte=day)
    return [(use, codes.get(use.slug, [])) for use in uses]
