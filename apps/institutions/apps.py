"""The app's name."""

from django.apps import AppConfig


class InstitutionsConfig(AppConfig):
    """Who is who, and who may what."""

    name = "apps.institutions"
    label = "institutions"
