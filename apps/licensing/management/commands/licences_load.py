"""Load the licence register's files into its tables."""

from django.core.management.base import BaseCommand

from apps.core.actor import OPERATOR
from apps.licensing.models import Licence
from apps.licensing.services import licences_load


class Command(BaseCommand):
    help = "Load the licence register; run again, it changes nothing."

    def handle(self, *args: object, **options: object) -> None:
        edition = licences_load(actor=OPERATOR)
        if edition is None:
            self.stdout.write("This edition is loaded already.")
            return
        count = Licence.objects.filter(ended_date=None).count()
        self.stdout.write(f"Edition {edition.name} is loaded: {count} licences.")
