"""Who may open which page of this door."""

from apps.core.actor import Actor
from apps.institutions.offices import Office
from apps.institutions.permissions import holds_office


def can_see_journal(actor: Actor) -> bool:
    """Whether the actor may see parked acts and have them answered again."""
    return holds_office(actor, Office.ADMINISTRATOR)


def can_see_register(actor: Actor) -> bool:
    """Whether the actor may see what waits in the register: claims, disputes, licences' names."""
    return holds_office(actor, Office.REGULATOR, Office.CLERK)
