"""Compile the catalogues of page text, without gettext's own tools."""

from django.core.management.base import BaseCommand

from config.embedded.preparing import compile_catalogues


class Command(BaseCommand):
    help = "Compile the catalogues of page text that changed."
    requires_system_checks = []

    def handle(self, *args: object, **options: object) -> None:
        for path in compile_catalogues():
            self.stdout.write(f"{path} compiled.")
