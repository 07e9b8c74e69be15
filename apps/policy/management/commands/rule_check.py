"""Check rule files without a register: JSON out, exit status 1 where a rule has a fault."""

import json
import sys
from pathlib import Path
from typing import Any

import yaml
from django.core.management.base import BaseCommand, CommandParser

from apps.core.jurisdictions import EVERYWHERE, jurisdictions
from apps.policy.engine import VOCABULARY, RuleError
from apps.policy.engine.documents import DocumentFault, document_faults
from apps.policy.engine.nodes import Root
from apps.policy.engine.vocabulary import Vocabulary

LARGEST = 1_048_576
USES = Path(__file__).resolve().parents[2] / "reference" / "uses.json"


class Command(BaseCommand):
    help = (
        "Check rule files (YAML) and print every fault as JSON; the status is 1 where one has any."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")

    def handle(self, *args: object, files: list[Path], **options: object) -> None:
        known = _vocabulary()
        rules = [entry for file in files for entry in _checked(file, known)]
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


def _checked(file: Path, known: Vocabulary) -> list[dict[str, Any]]:
    try:
        entries = _entries(file)
    except RuleError as error:
        return [_result(file, "", [DocumentFault("", error)])]
    return [_result(file, _name(entry), document_faults(entry, known)) for entry in entries]


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


def _name(entry: Any) -> str:
    return str(entry.get("id", "")) if isinstance(entry, dict) else ""


def _result(file: Path, name: str, faults: list[DocumentFault]) -> dict[str, Any]:
    return {
        "file": str(file),
        "id": name,
        "accepted": not faults,
        "faults": [fault.as_dict() for fault in faults],
    }
