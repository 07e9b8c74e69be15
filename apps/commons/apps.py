"""The app's name."""

from django.apps import AppConfig


class CommonsConfig(AppConfig):
    """The public hall."""

    name = "apps.commons"
    label = "commons"
