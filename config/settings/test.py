"""Settings of the tests: a fast cluster of its own, no network, warnings are errors."""

from config.embedded.cluster import Cluster
from config.settings.base import *  # noqa: F403
from config.settings.base import BASE_DIR, DATABASES, EMBEDDED, STORAGES

SECRET_KEY = "tests keep no secret"  # noqa: S105 - nothing to protect
JOURNAL_COMMITMENT_KEY = "tests"
RECEIPT_KEY = "tests"
BUNDLE_KEY = "dGVzdHMga2VlcCBubyBzZWNyZXQsIG5vdCBldmVuISE="
BUNDLE_DIR = BASE_DIR / "var" / "test-bundles"
REPORTS_PER_HOUR = 1_000_000
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
TIME_CAN_BE_MOVED = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
CELERY_BROKER_URL = "memory://"
CELERY_BROKER_TRANSPORT_OPTIONS = {}
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True

if EMBEDDED:
    CLUSTER = Cluster(tag="test", fast=True)
    for database in DATABASES.values():
        database["HOST"] = str(CLUSTER.socket)
        database["ENGINE"] = "apps.core.database"
DATABASES["default"]["ENGINE"] = "tests.database"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
