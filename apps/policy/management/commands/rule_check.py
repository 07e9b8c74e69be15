"""Check rule files without a register: JSON out, exit status 1 where a rule has a fault."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.policy.engine import RuleError
from apps.policy.engine.documents import DocumentFault, covered_documents, document_faults
from apps.policy.engine.vocabulary import Vocabulary
from apps.policy.errors import DraftFault
from apps.policy.models import RuleVersion
from apps.policy.selectors import shipped_vocabulary
from apps.policy.services import versions_asked_again

LARGEST = 1_048_576


@dataclass(frozen=True, slots=True)
class Checked:
    """One entry of a file, with the faults found so far."""

    file: Path
    entry: Any
    faults: list[DocumentFault]

    def as_dict(self) -> dict[str, Any]:
        """Return what is said of the entry as plain values."""
        return {
            "file": str(self.file),
            "id": str(self.entry.get("id", "")) if isinstance(self.entry, dict) else "",
            "accepted": not self.faults,
            "faults": [fault.as_dict() for fault in self.faults],
        }


class Command(BaseCommand):
    help = (
        "Check rule files (YAML) and print every fault as JSON; the status is 1 where one has any. "
        "With --register, ask the rules that stand the examples of their authors again."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
        parser.add_argument("--register", action="store_true", help="the rules that stand, too")

    def handle(self, *args: object, files: list[Path], register: bool, **options: object) -> None:
        if not (files or register):
            raise CommandError("Name a file, or --register.")
        known = shipped_vocabulary()
        found = [one for file in files for one in _checked(file, known)]
        _beside_one_another(found, known)
        rules = [one.as_dict() for one in found]
        if register:
            rules += [_of_register(*pair) for pair in versions_asked_again()]
        accepted = (bool(rules) or register) and all(rule["accepted"] for rule in rules)
        report = {"accepted": accepted, "vocabulary": known.version, "rules": rules}
        self.stdout.write(json.dumps(report, indent=2, ensure_ascii=False))
        if not accepted:
            sys.exit(1)


def _of_register(version: RuleVersion, faults: list[DraftFault]) -> dict[str, Any]:
    told = [
        {"key": one.field, "reason": str(one.reason), "remedy": str(one.remedy)} for one in faults
    ]
    return {
        "file": "",
        "id": f"{version.rule.code} v{version.number}",
        "accepted": not faults,
        "faults": told,
    }


def _checked(file: Path, known: Vocabulary) -> list[Checked]:
    try:
        entries = rules_of_file(file)
    except RuleError as error:
        return [Checked(file, None, [DocumentFault("", error)])]
    return [Checked(file, entry, document_faults(entry, known)) for entry in entries]


def _beside_one_another(checked: list[Checked], known: Vocabulary) -> None:
    """Add to each sound rule with an effect that the others leave it nothing to do."""
    sound = [one for one in checked if not one.faults and "effect" in one.entry]
    for place, faults in covered_documents([one.entry for one in sound], known).items():
        sound[place].faults.extend(faults)


def rules_of_file(file: Path) -> list[Any]:
    """Return the rules of a file: a list, one rule, or a list under `rules`."""
    try:
        text = file.read_text("utf-8")
        found = yaml.safe_load(text) if len(text) <= LARGEST else None
    except (OSError, UnicodeError) as error:
        raise RuleError(f"The file cannot be read: {error}.") from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise RuleError(f"This is no YAML: {error.problem}.", line, column) from error
    except yaml.YAMLError as error:
        raise RuleError(f"This is no YAML: {error}.") from error
    if isinstance(found, dict) and "rules" in found:
        found = found["rules"]
    entries = found if isinstance(found, list) else [found]
    if not entries or entries == [None]:
        raise RuleError("The file holds no rule, or more than a mebibyte.")
    return entries
