"""Settings of a developer's or newcomer's machine: a demonstration, bound to this machine."""

from config.settings.base import *  # noqa: F403
from config.settings.base import ADDRESS_NOTE, BASE_DIR, STORAGES, env
from config.settings.keys import kept_key

DEBUG = env.bool("DEBUG", default=False)
if DEBUG:
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
SECRET_KEY = env("SECRET_KEY", default="a demonstration on one machine has nothing to keep secret")
JOURNAL_COMMITMENT_KEY = env("JOURNAL_COMMITMENT_KEY", default="demonstration")
RECEIPT_KEY = env("RECEIPT_KEY", default="demonstration")
BUNDLE_KEY = env("BUNDLE_KEY", default="") or kept_key(BASE_DIR / "var" / "bundle.key")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
DEMO = env.bool("DEMO", default=True)
TIME_CAN_BE_MOVED = DEMO
# http://localhost is the one plain address on which browsers allow passkeys.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
if ADDRESS_NOTE.exists():
    PORTAL_URL = env("PORTAL_URL", default=ADDRESS_NOTE.read_text()).rstrip("/")
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = "var/mail"
