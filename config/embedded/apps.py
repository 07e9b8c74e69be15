"""The commands of the supervisor."""

from django.apps import AppConfig


class EmbeddedConfig(AppConfig):
    """The database and the processes of a machine without servers."""

    name = "config.embedded"
    label = "embedded"
