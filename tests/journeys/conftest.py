"""The two grounds that journeys are walked on: within the test, and the real portal."""

import datetime as dt
import re
import time
from io import StringIO

import pytest
from django.core.cache import cache
from django.core.management import call_command

from apps.reactions.runner import settle
from tests.conftest import Clock
from tests.journeys.grounds import Ground, LineTo, line_within
from tests.journeys.visitors import OverHttp, PlainVisitor, Within
from tests.portal import Portal

SECRET = re.compile(r"told once: (\S+)")
TIME = re.compile(r"now (\S+)\.$", re.MULTILINE)


def said(command: str, *words: str) -> str:
    """What a command of `manage.py` says within the test."""
    output = StringIO()
    call_command(command, *words, stdout=output)
    return output.getvalue()


@pytest.fixture
def within(transactional_db: None, settings: object, clock: Clock) -> Ground:
    """The demonstration, within the test's own process."""
    settings.DEMO = True
    cache.clear()
    token = SECRET.search(said("demo"))[1]
    settle()

    def advance(span: str) -> dt.datetime:
        moment = dt.datetime.fromisoformat(TIME.search(said("clock_advance", span))[1])
        settle()
        return moment

    return Ground(
        visit=lambda _person: PlainVisitor(Within()),
        line=line_within,
        rest=settle,
        advance=advance,
        code_of=lambda email: said("demo_code", email).split()[-1],
        token=token,
    )


def through(portal: Portal) -> Ground:
    """A portal that runs with all its processes, over HTTP."""

    def advance(span: str) -> dt.datetime:
        return dt.datetime.fromisoformat(TIME.search(portal.manage("clock_advance", span))[1])

    return Ground(
        visit=lambda _person: PlainVisitor(OverHttp(portal.url)),
        line=LineTo(portal.url),
        rest=lambda: time.sleep(0.3),
        advance=advance,
        code_of=portal.code_of,
        token=SECRET.search(portal.said())[1],
    )


@pytest.fixture(scope="session")
def outside(portal: Portal) -> Ground:
    """The real portal under its real supervisor."""
    return through(portal)
