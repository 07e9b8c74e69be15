"""Celery: muscle and alarm clock, never memory."""

import os
import sys

from celery import Celery
from celery.exceptions import WorkerShutdown
from celery.signals import worker_process_init, worker_shutdown, worker_shutting_down
from celery.worker import state

from config.embedded.lifeline import end_with_supervised_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
app = Celery("sangam")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_process_init.connect
def follow_parent(**_: object) -> None:
    """Bind a process of the worker's pool to the worker; Celery has no other hook for it."""
    end_with_supervised_parent()


@worker_shutting_down.connect
def leave_at_once(exitcode: int = 0, **_: object) -> None:
    """Leave the wait for news where no task is at hand: Celery itself would wait it out."""
    if not state.reserved_requests:
        raise WorkerShutdown(exitcode)


@worker_shutdown.connect
def wait_for_nothing(**_: object) -> None:
    """End once all is given back to the queue: what is left are threads asleep."""
    if os.environ.get("SUPERVISED"):
        sys.stdout.flush()
        os._exit(0)
