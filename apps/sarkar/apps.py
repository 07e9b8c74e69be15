"""The app's name."""

from django.apps import AppConfig


class SarkarConfig(AppConfig):
    """The door of the state."""

    name = "apps.sarkar"
    label = "sarkar"
