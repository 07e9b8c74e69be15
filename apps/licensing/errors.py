"""What the licence register refuses."""

from django.utils.translation import gettext_lazy as _

from apps.core.errors import Conflict, NotFound


class LicenceUnknown(NotFound):
    """The register has no such licence."""

    code = "licence-unknown"
    title = _("The register has no licence of this name.")
    remedy = _("See /api/v1/licences for those it has.")


class LicenceAmbiguous(Conflict):
    """The name is that of a family of licences: no single text stands behind it."""

    code = "licence-ambiguous"
    title = _("This names a family of licences, not one text.")
    remedy = _("Name the licence itself, with its version.")
