"""Where measures come from, what makes an incident count, and why standings were looked at."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MeasureSource(TextChoices):
    """Who set a measure."""

    DECISION = "decision", _("A decision of this portal")
    COURT = "court", _("A court")
    GOVERNMENT = "government", _("A government order")


class IncidentBasis(TextChoices):
    """Which step of a case makes its incident count."""

    TRIAGED = "triaged", _("Triaged")
    DECIDED = "decided", _("Decided")


class Cause(TextChoices):
    """Why standings were worked out again."""

    LISTING = "listing", _("A listing changed")
    RULE = "rule", _("A rule started or ended")
    LINEAGE = "lineage", _("A licence, a lineage edge or a provider changed")
    GRANT = "grant", _("An exemption, a measure or an incident changed")
    DAY = "day", _("Time passed")
    ALL = "all", _("Everything was worked out again")
