"""Settings of a server: everything it needs is named by the environment, or it does not start."""

from django.core.exceptions import ImproperlyConfigured

from config.settings.base import *  # noqa: F403
from config.settings.base import env

REQUIRED = {
    "SECRET_KEY": "a long random string",
    "JOURNAL_COMMITMENT_KEY": "a long random string, never changed",
    "RECEIPT_KEY": "a long random string, never changed: reporters' receipts hang on it",
    "BUNDLE_KEY": "32 random bytes in base64: who decides offline trusts its signature",
    "ALLOWED_HOSTS": "the portal's host names, separated by commas",
    "DATABASE_URL": "the runtime role's address",
    "BROKER_URL": "Redis or RabbitMQ",
    "CONTACT_EMAIL": "where people write to the operator",
    "CACHE_URL": "a Redis database of its own",
    "EMAIL_URL": "the mail server, as smtp+tls://user:password@host:587",
    "DEFAULT_FROM_EMAIL": "the address that the portal writes from",
}
if missing := [f"{name} ({what})" for name, what in REQUIRED.items() if not env(name, default="")]:
    raise ImproperlyConfigured("The portal needs these variables: " + "; ".join(missing) + ".")
if env.bool("DEMO", default=False):
    raise ImproperlyConfigured("DEMO is for try-out machines: a server has no demonstration data.")

DEMO = TIME_CAN_BE_MOVED = False
PORTAL_URL = env("PORTAL_URL", default=f"https://{env.list('ALLOWED_HOSTS')[0]}").rstrip("/")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in env.list("ALLOWED_HOSTS")]
SECURE_SSL_REDIRECT = True
# A monitor asks on the machine itself, without TLS.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
vars().update(env.email_url("EMAIL_URL"))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env("DEFAULT_FROM_EMAIL")
