"""The app's name."""

from django.apps import AppConfig


class ComplianceConfig(AppConfig):
    """Rules in force applied to listings."""

    name = "apps.compliance"
    label = "compliance"
