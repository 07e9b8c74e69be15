"""Names that wait for a person."""

from apps.core.actor import SYSTEM
from apps.licensing.models import UnresolvedLicence
from apps.licensing.names import name_key
from apps.licensing.services import names_queue


def waiting_name(text: str = "Studio licence 3", link: str = "") -> UnresolvedLicence:
    """A licence's name that the register does not know."""
    names_queue(actor=SYSTEM, met={text: link})
    return UnresolvedLicence.objects.get(key=name_key(text))
