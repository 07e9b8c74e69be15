"""The app's name."""

from django.apps import AppConfig


class SamajConfig(AppConfig):
    """The door of society."""

    name = "apps.samaj"
    label = "samaj"
