"""The settings of a procedure on a day."""

import datetime as dt

from django.db.models import Q

from apps.voting.errors import ProcedureUnsettled
from apps.voting.models import ProcedureSettings
from apps.voting.states import Procedure


def settings_of(procedure: Procedure, day: dt.date) -> ProcedureSettings:
    """Return the settings in force on a day; raise `ProcedureUnsettled`."""
    rows = ProcedureSettings.objects.filter(procedure=procedure, valid_from_date__lte=day)
    open_end = Q(valid_until_date__isnull=True) | Q(valid_until_date__gt=day)
    found = rows.filter(open_end).order_by("-valid_from_date").first()
    if found is None:
        raise ProcedureUnsettled
    return found
