"""The app's name."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The demonstration world."""

    name = "config.demo"
    label = "demo"
