"""Reading the query of an address strictly: a name that is not known is refused, never ignored."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from rest_framework.serializers import Serializer

from apps.core.errors import FieldFault, Invalid, Text


class QueryNotUnderstood(Invalid):
    """An address asks by a name that is not known, or twice by one that is."""

    code = "query-not-understood"
    title = _("This address does not take what was asked.")


class QuerySerializer(Serializer):
    """The names that an address takes. Any other is refused, with the nearest that it takes.

    One instance serves all requests: `QUERY.run_validation(request.query_params)`.
    """

    def to_internal_value(self, data: Mapping[str, Any]) -> Any:
        """Return the values by name; raise `QueryNotUnderstood`, or `ValidationError`."""
        faults = [self._unknown(name) for name in data if name not in self.fields]
        if isinstance(data, QueryDict):
            faults += [_twice(name) for name, values in data.lists() if len(values) > 1]
        if faults:
            raise QueryNotUnderstood(_("Some names in the address cannot be used."), faults=faults)
        return super().to_internal_value(data)

    def _unknown(self, name: str) -> FieldFault:
        near = get_close_matches(name.casefold(), self.fields, n=1, cutoff=0.5)
        names = ", ".join(self.fields)
        remedy: Text = _("It takes: %(names)s.") % {"names": names}
        if near:
            remedy = _("Did you mean “%(near)s”? It takes: %(names)s.") % {
                "near": near[0],
                "names": names,
            }
        reason = _("This address takes nothing called “%(name)s”.") % {"name": name[:60]}
        return FieldFault(name[:60], reason, remedy)


def _twice(name: str) -> FieldFault:
    reason = _("“%(name)s” stands in the address more than once.") % {"name": name[:60]}
    return FieldFault(name[:60], reason, _("Give it once."))
