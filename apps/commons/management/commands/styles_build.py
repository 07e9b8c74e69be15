"""Lay the small style files together into the one file that browsers fetch."""

import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

SOURCES = Path(settings.BASE_DIR) / "config" / "styles"
TARGET = Path(settings.BASE_DIR) / "config" / "static" / "sangam.css"
IMPORT = re.compile(r'^@import "([^"]+)"(?: layer\((\w+)\))?;$', re.MULTILINE)
COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)


def stylesheet() -> str:
    """Return `sangam.css` with every import replaced by its file, each in its layer."""
    return COMMENT.sub("", _unfold(SOURCES / "sangam.css"))


def _unfold(file: Path) -> str:
    def inline(found: re.Match) -> str:
        body = _unfold(file.parent / found[1]).strip()
        return f"@layer {found[2]} {{\n{body}\n}}" if found[2] else body

    return IMPORT.sub(inline, file.read_text("utf-8"))


class Command(BaseCommand):
    """`manage.py styles_build`; with `--check` it only says whether the built file is current."""

    help = "Build config/static/sangam.css from config/styles/."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        css = stylesheet()
        if not options["check"]:
            TARGET.write_text(css, "utf-8")
        elif css != TARGET.read_text("utf-8"):
            raise CommandError("The stylesheet is not current: run manage.py styles_build.")
        self.stdout.write(f"{len(css.encode()):,} bytes in {TARGET.name}")
