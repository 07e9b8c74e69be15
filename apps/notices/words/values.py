"""Values in words: what a parameter means in the reader's language."""

import datetime as dt
from collections.abc import Mapping

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.errors import Text
from apps.core.jurisdictions import EVERYWHERE, jurisdiction
from apps.institutions.models import Role
from apps.institutions.offices import Office, Subject
from apps.institutions.sectors import Sector

Value = str | int
DAY = "l j F Y"
MOMENT = "l j F Y, H:i T"
MIDNIGHT = dt.time()
VALUES: dict[str, Mapping[str, Text]] = {
    "outcome": {
        "allow": gettext_lazy("no measure"),
        "condition": gettext_lazy("allowed on conditions"),
        "restrict": gettext_lazy("restricted"),
        "suspend": gettext_lazy("suspended"),
        "prohibit": gettext_lazy("prohibited"),
    },
    "result": {
        "upheld": gettext_lazy("the decision stands"),
        "changed": gettext_lazy("the decision was changed"),
    },
    "stay": {
        "granted": gettext_lazy("granted"),
        "refused": gettext_lazy("refused"),
    },
    "ruling": {
        "upheld": gettext_lazy("upheld"),
        "rejected": gettext_lazy("rejected"),
    },
    "source": {
        "decision": gettext_lazy("an officer of this portal"),
        "court": gettext_lazy("a court"),
        "government": gettext_lazy("a government"),
    },
    "state": {
        "adopted": gettext_lazy("adopted"),
        "defeated": gettext_lazy("defeated"),
        "no-quorum": gettext_lazy("too few seats voted"),
    },
    "vote": {
        "carried": gettext_lazy("carried by all three chambers"),
        "not-carried": gettext_lazy("not carried"),
        "no-quorum": gettext_lazy("too few seats voted"),
    },
    "comment": {
        "restored": gettext_lazy("shown again"),
        "upheld": gettext_lazy("still removed"),
    },
    "dispute": {
        "upheld": gettext_lazy("upheld"),
        "dismissed": gettext_lazy("dismissed"),
        "withdrawn": gettext_lazy("withdrawn"),
    },
    "role": dict(Role.choices),
    "office": dict(Office.choices),
    "subject": dict(Subject.choices),
    "chamber": dict(Sector.choices),
}


def in_words(name: str, value: Value) -> Value:
    """Return one value as a reader understands it; names that end in `_at` are moments."""
    if name.endswith("_at"):
        return moment(dt.datetime.fromisoformat(str(value)))
    if name == "place":
        return _("everywhere") if value == EVERYWHERE else jurisdiction(str(value)).name
    words = VALUES.get(name, {}).get(str(value))
    return value if words is None else str(words)


def moment(at: dt.datetime) -> str:
    """Return a moment with its weekday in the portal's zone."""
    return date_format(localtime(at), MOMENT)


def by_when(due_at: dt.datetime) -> str:
    """Return until when something can be done; what ends at midnight ends with the day before."""
    local = localtime(due_at)
    if local.time() == MIDNIGHT:
        day = date_format(local - dt.timedelta(days=1), DAY)
        return _("by the end of %(day)s") % {"day": day}
    return _("by %(moment)s") % {"moment": date_format(local, MOMENT)}
