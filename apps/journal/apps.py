"""The app's name."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """The one journal."""

    name = "apps.journal"
    label = "journal"
