"""Import listings from files, with progress and a report of every row that could not be used."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.core.actor import OPERATOR
from apps.core.errors import DomainError
from apps.institutions.models import Organisation
from apps.listings.models import ImportRun
from apps.listings.selectors import faults_of
from apps.listings.services import listings_import

SHOWN = 200


class Command(BaseCommand):
    help = (
        "Import listings: JSON lines (the portal's own shape, ecosystem rows, {id, metadata} "
        "cards), CSV, or a model card (README.md in its owner/name folder). Run again, it changes "
        "nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument(
            "--organisation", default="", help="the code of the organisation that lists them"
        )

    def handle(self, *args: object, **options: object) -> None:
        organisation = self._organisation(str(options["organisation"]))
        files = options["files"]
        for file in files if isinstance(files, list) else []:
            if not file.is_file():
                raise CommandError(f"{file}: there is no such file.")
            self._import(file, organisation)

    def _organisation(self, code: str) -> Organisation | None:
        if not code:
            return None
        found = Organisation.objects.filter(code=code.upper()).first()
        if found is None:
            raise CommandError(f"{code}: no organisation has this code.")
        return found

    def _import(self, file: Path, organisation: Organisation | None) -> None:
        try:
            with file.open("rb") as body:
                run = listings_import(
                    actor=OPERATOR,
                    organisation=organisation,
                    file_name=str(file),
                    body=body,
                    progress=self._progress,
                )
        except DomainError as error:
            raise CommandError(f"{file}: {error.reason} {error.remedy}") from error
        self._report(run)

    def _progress(self, run: ImportRun) -> None:
        if sys.stderr.isatty():
            self.stderr.write(f"\r{run.seen:,} rows, {run.refused:,} refused", ending="")

    def _report(self, run: ImportRun) -> None:
        if sys.stderr.isatty():
            self.stderr.write("")
        self.stdout.write(
            f"{run.file_name}: {run.seen} rows: {run.listed} listed, {run.changed} changed, "
            f"{run.unchanged} unchanged, {run.refused} refused."
        )
        for fault in faults_of(run)[:SHOWN]:
            place = " ".join(part for part in (fault.external_id, fault.field) if part)
            self.stdout.write(
                f"  line {fault.line}: {place}: {fault.reason} {fault.remedy}".rstrip()
            )
        if run.refused > SHOWN:
            self.stdout.write(f"  … and more; all stand in import run {run.pk}.")
