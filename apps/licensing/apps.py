"""The app's name."""

from django.apps import AppConfig


class LicensingConfig(AppConfig):
    """The licence register."""

    name = "apps.licensing"
    label = "licensing"
