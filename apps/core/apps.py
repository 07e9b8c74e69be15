"""The app's name."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Ground of all apps."""

    name = "apps.core"
    label = "core"
