"""Nouns of the institutions."""

from apps.institutions.models.people import User

__all__ = ["User"]
