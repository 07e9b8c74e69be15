"""The app's name."""

from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    """Proposals on their way into law."""

    name = "apps.proposals"
    label = "proposals"
