"""A licence's name was settled, or the register was loaded anew: listings that name it get it."""

from apps.core.actor import SYSTEM
from apps.journal.selectors import JournalAct
from apps.journal.services import consumer_of
from apps.listings.services import licences_recognise


def recognise(act: JournalAct) -> None:  # noqa: ARG001 - a handler's signature
    """Read the listings' names of licences again."""
    licences_recognise(actor=SYSTEM)


LICENCES_RECOGNISED = consumer_of(
    "listings.licences",
    {"licensing.name.settled": recognise, "licensing.register.loaded": recognise},
)
