"""Recount published ballot files."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from apps.voting.tally import FileMalformed, count_file

MALFORMED = 2


class Command(BaseCommand):
    """Print each file's result as one line of JSON; end with 2 where a file cannot be counted."""

    help = "Recount published ballot files: one line of JSON for each."
    requires_system_checks: list[str] = []  # It reads files only and needs no database.

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Read which files."""
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")

    def handle(self, *, files: list[Path], **options: Any) -> None:
        """Count the files in order."""
        refused = 0
        for file in files:
            try:
                counted = count_file(file.read_text("utf-8"))
            except (FileMalformed, OSError, UnicodeError) as error:
                self.stderr.write(f"{file}: {error}")
                refused += 1
            else:
                self.stdout.write(json.dumps(counted, ensure_ascii=False))
        if refused:
            raise SystemExit(MALFORMED)
