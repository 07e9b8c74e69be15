"""A worker that is told to stop: at once where it is idle, after its work where it is not."""

import pytest
from celery.exceptions import WorkerShutdown
from celery.worker import state

from config.celery import leave_at_once


class Work:
    """What a worker has taken from the queue."""


def test_an_idle_worker_leaves_at_once():
    with pytest.raises(WorkerShutdown):
        leave_at_once(exitcode=0)


def test_a_busy_worker_goes_on():
    work = Work()
    state.reserved_requests.add(work)

    leave_at_once(exitcode=0)

    state.reserved_requests.discard(work)
