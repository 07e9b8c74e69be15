"""The account pages, which come from a library, speak in the manner of the house."""

import re
from pathlib import Path

import allauth
import pytest
from babel.messages.pofile import read_po
from django.test import Client
from django.utils.translation import gettext, override, pgettext

from tests.factories import institutions as make
from tests.institutions.browser import sign_in

OURS = re.compile(r"(?:templates/)?(?:account|mfa|usersessions|allauth)/")
NAMES = {"JavaScript", "WebAuthn", "IP", "TOTP"}
CAPITAL = re.compile(r"(?:^|-)[A-Z][a-z]")


def library_words() -> list[tuple[str, str | None]]:
    """What account pages and messages say, with its context."""
    source = Path(allauth.__file__).parent / "locale" / "en" / "LC_MESSAGES" / "django.po"
    with source.open("rb") as words:
        return [
            (message.id, message.context)
            for message in read_po(words)
            if isinstance(message.id, str) and any(OURS.match(at) for at, _ in message.locations)
        ]


def is_title(words: str) -> bool:
    """Whether later words begin with capitals, though no sentence begins there."""
    return any(
        CAPITAL.search(after) and after.strip(".?") not in NAMES and before[-1] not in ".?!:"
        for before, after in zip(words.split(), words.split()[1:], strict=False)
    )


def test_no_words_of_the_library_are_in_title_case():
    with override("en-gb"):
        said = {
            pgettext(context, words) if context else gettext(words)
            for words, context in library_words()
        }

    assert [words for words in sorted(said) if "\n" not in words and is_title(words)] == []


def test_no_message_speaks_of_a_user():
    with override("en-gb"):
        said = {gettext(words) for words, context in library_words() if not context}

    assert [words for words in said if "user %(" in words or "user account" in words] == []


@pytest.mark.django_db
def test_headings_are_sentences(client: Client):
    user = make.person(password=make.PASSWORD)
    page = client.get("/accounts/login/").content.decode()
    sign_in(client, user.email)
    own = client.get("/accounts/password/change/").content.decode()

    assert [heading(page), heading(own)] == ["Sign in", "Change password"]


def heading(page: str) -> str:
    """The first heading's words."""
    found = re.search(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)
    return found[1].strip()
