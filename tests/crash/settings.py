"""A newcomer's settings, with the crash proof's app and a quick spare alarm."""

from config.settings.dev import *  # noqa: F403
from config.settings.dev import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.crash"]
ROOT_URLCONF = "tests.crash.urls"
CELERY_BEAT_SCHEDULE = {"journal-tick": {"task": "reactions.journal_tick", "schedule": 1.0}}
