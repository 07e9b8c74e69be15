"""The app's name."""

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """Rounds of review."""

    name = "apps.reviews"
    label = "reviews"
