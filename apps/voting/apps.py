"""The app's name."""

from django.apps import AppConfig


class VotingConfig(AppConfig):
    """Ballots of the three chambers."""

    name = "apps.voting"
    label = "voting"
