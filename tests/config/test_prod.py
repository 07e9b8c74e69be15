"""The settings of a server: nothing is guessed, and Django's own check has nothing to say."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

NEEDED = {
    "SECRET_KEY": "q8Zr0m!x2Lk5Vn7Tb9Wp4Yd6Hs1Gc3Jf0Ea8Ru2Io5Qz7Wx4Cv1Bn",
    "JOURNAL_COMMITMENT_KEY": "k3Nf8Xw1Lq6Zt0Bv5Rm9Ys2Dg7Hc4Pj8Ua1Eo6Ti3Kx5",
    "BUNDLE_KEY": "dGVzdHMga2VlcCBubyBzZWNyZXQsIG5vdCBldmVuISE=",
    "RECEIPT_KEY": "p7Nsf8Xw1Lq6Zt0Bv5Rm9Ys2Dg7Hc4Pj8Ua1Eo6Ti3Kx5",
    "ALLOWED_HOSTS": "portal.example",
    "DATABASE_URL": "postgres://app:secret@127.0.0.1:1/sangam",
    "BROKER_URL": "redis://127.0.0.1:1/0",
    "CACHE_URL": "redis://127.0.0.1:1/1",
    "EMAIL_URL": "smtp://127.0.0.1:1",
    "DEFAULT_FROM_EMAIL": "portal@portal.example",
    "CONTACT_EMAIL": "people@portal.example",
}


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
    """Run a command with production settings and this environment alone."""
    return subprocess.run(
        [sys.executable, "-W", "ignore", "manage.py", *arguments],
        cwd=settings.BASE_DIR, capture_output=True, text=True, check=False,
        env={"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "config.settings.prod"}
        | environment,
    )  # fmt: skip


def test_deploy_check_has_no_warning():
    done = manage("check", "--deploy", "--fail-level", "WARNING", **NEEDED)

    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout
    assert "?:" not in done.stderr


@pytest.mark.parametrize("missing", sorted(NEEDED))
def test_without_what_it_needs_it_refuses_and_names_it(missing):
    rest = {name: value for name, value in NEEDED.items() if name != missing}

    done = manage("check", **rest)

    assert done.returncode != 0
    assert f"The portal needs these variables: {missing} (" in done.stderr


def test_a_demonstration_is_refused():
    done = manage("check", **NEEDED, DEMO="1")

    assert done.returncode != 0
    assert "DEMO is for try-out machines" in done.stderr


def test_messages_name_the_first_host():
    told = manage(
        "shell", "-v0", "-c", "from django.conf import settings as s; print(s.PORTAL_URL)", **NEEDED
    )

    assert told.stdout.strip() == "https://portal.example"
