"""The app's name."""

from django.apps import AppConfig


class BazaarConfig(AppConfig):
    """The door of the market."""

    name = "apps.bazaar"
    label = "bazaar"
