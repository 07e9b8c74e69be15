"""Check rule files without a register: JSON out, exit status 1 where a rule has a fault."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.core.management.base import BaseCommand, CommandParser

from apps.core.jurisdictions import EVERYWHERE, jurisdictions
from apps.policy.engine import VOCABULARY, RuleError
from apps.policy.engine.documents import DocumentFault, covered_documents, document_faults
from apps.policy.engine.nodes import Root
from apps.policy.engine.vocabulary import Vocabulary

LARGEST = 1_048_576
USES = Path(__file__).resolve().parents[2] / "reference" / "uses.json"


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
        "Check rule files (YAML) and print every fault as JSON; the status is 1 where one has any."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")

    def handle(self, *args: object, files: list[Path], **options: object) -> None:
        known = _vocabulary()
        found = [one for file in files for one in _checked(file, known)]
        _beside_one_another(found, known)
        rules = [one.as_dict() for one in found]
        accepted = bool(rules) and all(rule["accepted"] for rule in rules)
        report = {"accepted": accepted, "vocabulary": known.version, "rules": rules}
        self.stdout.write(json.dumps(report, indent=2, ensure_ascii=False))
        if not accepted:
            sys.exit(1)


def _vocabulary() -> Vocabulary:
    """Return the vocabulary with the uses and jurisdictions that the portal ships with."""
    uses = [row["slug"] for row in json.loads(USES.read_text("utf-8"))["uses"]]
    known = VOCABULARY.with_values(Root.REQ, "use", uses)
    return known.with_values(Root.REQ, "jurisdiction", [EVERYWHERE, *jurisdictions()])


def _checked(file: Path, known: Vocabulary) -> list[Checked]:
    try:
        entries = _entries(file)
    except RuleError as error:
        return [Checked(file, None, [DocumentFault("", error)])]
    return [Checked(file, entry, document_faults(entry, known)) for entry in entries]


def _beside_one_another(checked: list[Checked], known: Vocabulary) -> None:
    """Add to each sound rule with an effect that the others leave it nothing to do."""
    sound = [one for one in checked if not one.faults and "effect" in one.entry]
    for place, faults in covered_documents([one.entry for one in sound], known).items():
        sound[place].faults.extend(faults)


def _entries(file: Path) -> list[Any]:
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
