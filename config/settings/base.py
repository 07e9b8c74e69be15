"""Settings that every environment shares; each knob is read from the environment here, once."""

from pathlib import Path

import environ
from django.utils.translation import gettext_lazy as _

from config.embedded.cluster import Cluster
from config.settings.api import *  # noqa: F403
from config.settings.api import BUNDLE_EVERY, TRUSTED_PROXIES

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = environ.Env()

DEBUG = False
SECRET_KEY = env("SECRET_KEY", default="")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
DEMO = env.bool("DEMO", default=False)
TIME_CAN_BE_MOVED = DEMO

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "config.staticfiles.ServedFiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "rest_framework",
    "drf_spectacular",
    "guardian",
    "django_celery_beat",
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "config.embedded",
    "apps.core",
    "apps.journal",
    "apps.clocks",
    "apps.institutions",
    "apps.reviews",
    "apps.voting",
    "apps.notices",
    "apps.policy",
    "apps.licensing",
    "apps.listings",
    "apps.compliance",
    "apps.cases",
    "apps.proposals",
    "apps.reactions",
    "apps.commons",
    "apps.samaj",
    "apps.sarkar",
    "apps.bazaar",
    "config.demo",
]

# Brings facts of listings, and what PostgreSQL answers of them, to the register of rules, which
# itself knows no listings: a draft is asked both ways before it can be adopted.
RULE_ANSWERS = "apps.compliance.selectors.sampling.answered"

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "apps.institutions.middleware.Standing",
    "django_htmx.middleware.HtmxMiddleware",
    "apps.core.pages.RefusalPages",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

# --- Database: the runtime role serves, the owner role migrates. ---------------------------------
CLUSTER = Cluster(tag=env("PG_TAG", default="main"), fast=env.bool("PG_FAST", default=False))
EMBEDDED = not env("DATABASE_URL", default="")
# The supervisor tells its children that it keeps the database for them.
SUPERVISED = env.bool("SUPERVISED", default=False)
# The hottest statements are planned once per connection; an old pooler may have to forbid that.
OPTIONS = {"prepare_threshold": 5 if env.bool("DB_PREPARE", default=True) else None}


def _database(variable: str, role: str, name: str = "sangam") -> dict:
    """Return the settings of one role, from its variable or from the embedded cluster."""
    if env(variable, default=""):
        named = env.db_url(variable, engine="apps.core.database")
        options = OPTIONS | named.get("OPTIONS", {})
        return named | {"CONN_HEALTH_CHECKS": True, "OPTIONS": options}
    return {
        "ENGINE": "apps.core.database" if SUPERVISED else "config.embedded.engine",
        "HOST": str(CLUSTER.socket),
        "PORT": "5432",
        "NAME": name,
        "USER": role,
        "PASSWORD": "",
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(OPTIONS),
    }


DATABASES = {
    "default": _database("DATABASE_URL", "sangam_app"),
    "owner": _database("DATABASE_OWNER_URL", "sangam_owner") | {"TEST": {"MIRROR": "default"}},
}
# Django itself prepares nothing; the journal does, where a statement asks for it.
DATABASES["default"]["OPTIONS"] = {"prepare_threshold": 5}
if env.bool("DB_POOL", default=False):
    DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 8, "timeout": 10}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Broker and cache ----------------------------------------------------------------------------
EMBEDDED_BROKER = "pgmq://localhost"
CELERY_BROKER_URL = env("BROKER_URL", default=EMBEDDED_BROKER)
if CELERY_BROKER_URL == EMBEDDED_BROKER:
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "conn_string": CLUSTER.conninfo("sangam_broker", "sangam_broker"),
        "init_extension": False,
        "visibility_timeout": 600,
        "wait_time_seconds": 0,
        "polling_interval": 0.05,
        "pool_size": 2,
        "pool_timeout": 5,
    }
else:
    CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600, "unacked_restore_throttle": 1}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 540
CELERY_WORKER_PREFETCH_MULTIPLIER = env.int("CELERY_PREFETCH", default=4)
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_TIMEZONE = "UTC"
# A spare alarm: should every runner be down, the journal is answered all the same, only later.
CELERY_BEAT_SCHEDULE = {
    "journal-tick": {"task": "reactions.journal_tick", "schedule": 60.0},
    "keys-forget": {"task": "institutions.keys_forget", "schedule": 3600.0},
    "notices-mail": {"task": "notices.mail_send", "schedule": 15.0},
    "notices-forget": {"task": "notices.forget", "schedule": 21600.0},
    "bundle-refresh": {"task": "compliance.bundle_refresh", "schedule": float(BUNDLE_EVERY)},
    "simulations-resume": {"task": "compliance.simulations_resume", "schedule": 60.0},
    "questions-forget": {"task": "compliance.questions_forget", "schedule": 3600.0},
    "imports-resume": {"task": "listings.imports_resume", "schedule": 120.0},
}

if cache_url := env("CACHE_URL", default=""):
    CACHES = {"default": {"BACKEND": "apps.core.caches.RedisCache", "LOCATION": cache_url}}
else:
    CACHES = {
        "default": {
            "BACKEND": "apps.core.caches.DatabaseCache",
            "LOCATION": "core_cache",
            # Sign-in attempts are counted here: no entry may be thrown out for want of room.
            "OPTIONS": {"MAX_ENTRIES": 200_000},
        }
    }

CLUSTER_NEEDED = EMBEDDED or CELERY_BROKER_URL == EMBEDDED_BROKER

# --- Words and time ------------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", _("English")), ("hi", _("Hindi"))]
# Our own words, translated; and the words of libraries in the manner of the house.
LOCALE_PATHS = [BASE_DIR / "config" / "locale", BASE_DIR / "config" / "wording"]
TIME_ZONE = "Asia/Kolkata"
USE_TZ = True

# --- Pages ---------------------------------------------------------------------------------------
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "apps.commons.frame.frame",
            ],
        },
    }
]
COTTON_DIR = "cotton"
COTTON_ISOLATE_BY_DEFAULT = True
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
STATICFILES_DIRS = [BASE_DIR / "config" / "static"]

# --- Accounts ------------------------------------------------------------------------------------
AUTH_USER_MODEL = "institutions.User"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "guardian.backends.ObjectPermissionBackend",
]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
CONTACT_EMAIL = env("CONTACT_EMAIL", default="contact@sangam.example")
ACCOUNT_ADAPTER = "apps.institutions.adapters.AccountAdapter"
ACCOUNT_FORMS = {"signup": "apps.institutions.forms.SignupForm"}
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Sangam: "
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
MFA_ADAPTER = "apps.institutions.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_TOTP_ISSUER = "Sangam"
# One step either way is read; our forms refuse the step to come, and any step's second use.
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "apps.institutions.forms.CodeForm",
    "reauthenticate": "apps.institutions.forms.CodeAgainForm",
}
LOGIN_URL = "account_login"
ANONYMOUS_USER_NAME = None
LOGIN_REDIRECT_URL = "/"
# Where the supervisor writes down the address that it serves.
ADDRESS_NOTE = BASE_DIR / "var" / f"{CLUSTER.tag}.address"
# What messages name as the portal's address and sender.
PORTAL_URL = env("PORTAL_URL", default="http://localhost:8000").rstrip("/")
# A folder for messages that are not sent, where there is one; pages name it.
EMAIL_FILE_PATH = ""
# How long a mail server may take: its message is sent inside a transaction.
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=20)
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="Sangam <portal@localhost>")

# --- Security ------------------------------------------------------------------------------------
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
METRICS_TOKEN = env("METRICS_TOKEN", default="")
JOURNAL_COMMITMENT_KEY = env("JOURNAL_COMMITMENT_KEY", default="")
# Locks of reporters' receipts: without it no receipt ever opens its report again.
RECEIPT_KEY = env("RECEIPT_KEY", default="")
# Signs bundles: the 32 bytes of an Ed25519 private key, in base64.
BUNDLE_KEY = env("BUNDLE_KEY", default="")
BUNDLE_DIR = env("BUNDLE_DIR", default=str(BASE_DIR / "var" / "bundles"))
# How many reports one address may send, and how many receipts it may try, in an hour.
REPORTS_PER_HOUR = env.int("REPORTS_PER_HOUR", default=20)

ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
