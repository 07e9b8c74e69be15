"""The app's name."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Messages to people."""

    name = "apps.notices"
    label = "notices"
