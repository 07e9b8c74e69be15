"""The app's name."""

from django.apps import AppConfig


class ListingsConfig(AppConfig):
    """The register of listings."""

    name = "apps.listings"
    label = "listings"
