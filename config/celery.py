"""Celery: muscle and alarm clock, never memory."""

import os

from celery import Celery
from celery.signals import worker_process_init

from config.embedded.lifeline import end_with_supervised_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
app = Celery("sangam")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_process_init.connect
def follow_parent(**_: object) -> None:
    """Bind a process of the worker's pool to the worker; Celery has no other hook for it."""
    end_with_supervised_parent()
