"""Settings, addresses and processes of the portal; no app imports from here."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
