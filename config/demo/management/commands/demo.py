"""Build the demonstration world, or take it away."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.institutions.models import User
from config.demo.past import as_owner
from config.demo.people import ADMINISTRATOR
from config.demo.removal import remove
from config.demo.signins import signins
from config.demo.world import PortalFoundedAlready, build

FOUNDED = "This portal is founded already, and not by the demonstration. Start an empty one, or set DEMO=0."


class Command(BaseCommand):
    help = (
        "Build the demonstration world, once, and tell its sign-ins; said again it only tells them. "
        "With --remove the portal is emptied of it, and of all that was done in it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--remove", action="store_true", help="take the demonstration away")

    def handle(self, *args: object, remove: bool, **options: object) -> None:
        if not settings.DEMO:
            raise CommandError("This portal is no demonstration: DEMO is not set.")
        if remove:
            self._remove()
            return
        try:
            built = build(as_owner)
        except PortalFoundedAlready:
            raise CommandError(FOUNDED) from None
        self.stdout.write(signins(built.token, built.receipt))

    def _remove(self) -> None:
        if not User.objects.filter(email=ADMINISTRATOR.email, is_demo=True).exists():
            raise CommandError("There is no demonstration here.")
        self.stdout.write(f"{remove()} tables were emptied.")
