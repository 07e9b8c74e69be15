"""The form of a notice's words, and the reasons that several kinds share."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from apps.core.errors import Text


@dataclass(frozen=True, slots=True)
class Wording:
    """Three sentences with places for values."""

    title: Text
    why: Text
    what_to_do: Text


COMPANY = _("You own %(company)s, which answers for it.")
MARKET = _("You own the company that keeps %(market)s.")
OWNER = ngettext_lazy(
    "You own %(company)s, which keeps the listing.",
    "You own %(company)s, which keeps these listings.",
    "listings",
)
FOLLOWER = ngettext_lazy(
    "You follow the listing %(listing)s.", "You follow these listings.", "listings"
)
