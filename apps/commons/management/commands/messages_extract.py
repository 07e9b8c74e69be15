"""Gather the strings marked for translation into the catalogues; no `gettext` tools are needed."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import templatize

ROOT = Path(settings.BASE_DIR)
PLACES = ("templates/**/*.html", "templates/**/*.txt", "apps/**/*.py")
LOCALE = ROOT / "config" / "locale"
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
    "pgettext_lazy": ((1, "c"), 2),
}


def template() -> Catalog:
    """Return a catalogue of every marked string in templates and code, with its places."""
    found = Catalog(project="Sangam")
    for path in [file for pattern in PLACES for file in sorted(ROOT.glob(pattern))]:
        for line, message, comments, context in _messages(path):
            place = (path.relative_to(ROOT).as_posix(), line)
            found.add(message, locations=[place], auto_comments=comments, context=context)
    return found


def _messages(path: Path) -> Iterator[tuple[int, Any, list[str], str | None]]:
    text = path.read_text("utf-8")
    code = text if path.suffix == ".py" else templatize(text, origin=str(path))
    yield from extract("python", io.BytesIO(code.encode()), keywords=KEYWORDS)


def _parts(words: Any) -> list[str]:
    """Return the forms of a translation: one, or one for each plural."""
    return [words] if isinstance(words, str) else list(words or [""])


class Command(BaseCommand):
    """`manage.py messages_extract`: new strings come in, lost ones go, translations stay."""

    help = "Update config/locale/*/LC_MESSAGES/django.po from templates and code."

    def handle(self, *args: Any, **options: Any) -> None:
        for path in sorted(LOCALE.glob("*/LC_MESSAGES/django.po")):
            with path.open("rb") as file:
                catalogue = read_po(file, locale=path.parent.parent.name)
            catalogue.update(template(), no_fuzzy_matching=True, update_creation_date=False)
            catalogue.obsolete.clear()
            with path.open("wb") as file:
                write_po(file, catalogue, width=100, omit_header=False, no_location=True)
            done = sum(1 for message in catalogue if message.id and all(_parts(message.string)))
            self.stdout.write(f"{path.parent.parent.name}: {done} of {len(catalogue)} translated")
