"""The app's name."""

from django.apps import AppConfig


class ClocksConfig(AppConfig):
    """Statutory deadlines."""

    name = "apps.clocks"
    label = "clocks"
