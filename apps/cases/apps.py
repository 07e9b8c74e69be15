"""The app's name."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """A report's or a regulator's review's way to a decision and an appeal."""

    name = "apps.cases"
    label = "cases"
