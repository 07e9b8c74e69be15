"""The app's name."""

from django.apps import AppConfig


class ReactionsConfig(AppConfig):
    """The table of who answers what."""

    name = "apps.reactions"
    label = "reactions"
