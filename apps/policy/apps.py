"""The app's name."""

from django.apps import AppConfig


class PolicyConfig(AppConfig):
    """Rules, uses and the vocabulary."""

    name = "apps.policy"
    label = "policy"
