"""What the frame of every page shows: the doors that stand, and where the journal is."""

from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from apps.core.errors import Text
from apps.journal.selectors import position
from apps.notices.selectors import unread_count

ENTRANCES = (
    ("samaj", "Samaj", _("society"), "samaj:dashboard"),
    ("sarkar", "Sarkar", _("state"), "sarkar:dashboard"),
    ("bazaar", "Bazaar", _("market"), "bazaar:dashboard"),
    ("commons", "Commons", _("public hall"), "commons:home"),
)


@dataclass(frozen=True, slots=True)
class Door:
    """One entrance in the frame: its name is never translated, its meaning is."""

    slug: str
    name: str
    meaning: Text
    url: str


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return the frame's values (a context processor); the log's position is read when shown."""
    door = request.path.split("/", 2)[1]
    return {
        "demo": settings.DEMO,
        "mail_folder": settings.EMAIL_FILE_PATH,
        "doors": doors(),
        "door": door if door in {entrance[0] for entrance in ENTRANCES} else "commons",
        "log_position": SimpleLazyObject(position),
        "notices_unread": SimpleLazyObject(partial(_unread, request)),
        "other_languages": [
            (code, name) for code, name in NATIVE.items() if code != get_language()
        ],
    }


def _unread(request: HttpRequest) -> int:
    """Return how many notices wait for whoever is signed in: one indexed count."""
    return unread_count(request.user.pk) if request.user.pk else 0


NATIVE = {"en-gb": "English", "hi": "हिन्दी"}


@cache
def doors() -> tuple[Door, ...]:
    """Return the doors whose first page exists in this portal."""
    standing = []
    for slug, name, meaning, view in ENTRANCES:
        try:
            standing.append(Door(slug, name, meaning, reverse(view)))
        except NoReverseMatch:
            continue
    return tuple(standing)
