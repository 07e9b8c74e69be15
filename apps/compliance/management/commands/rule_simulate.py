"""What the rules of a file would change over all listings on offer: JSON out, progress on stderr.

The keys of the file are those that `rule_check` takes. Nothing is kept.
"""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from apps.compliance.selectors.files import (
    impact_of_document,
    source_of_document,
    standings_by_scenario,
)
from apps.policy.engine import RuleError
from apps.policy.engine.documents import DocumentFault, document_faults
from apps.policy.management.commands.rule_check import rules_of_file
from apps.policy.models import Rule
from apps.policy.selectors import rule_by_code, vocabulary

# A rule can be simulated before its examples are written; it is not adopted before.
EXAMPLES = "examples"


class Command(BaseCommand):
    help = (
        "Say what the rules of a file (YAML) would change over all listings on offer, each by "
        "itself beside the rules in force, as JSON; the status is 1 where one has a fault."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--follows", metavar="CODE", help="the rule whose version in force it would replace"
        )
        parser.add_argument(
            "--scenarios",
            action="store_true",
            help="also say how all listings would stand in every use and place",
        )

    def handle(self, *args: object, file: Path, **options: Any) -> None:
        follows = rule_by_code(options["follows"]) if options["follows"] else None
        try:
            found = rules_of_file(file)
        except RuleError as error:
            self._say({"accepted": False, "faults": [DocumentFault("", error).as_dict()]})
            sys.exit(1)
        rules = []
        for number, entry in enumerate(found, start=1):
            name = entry.get("id", "") if isinstance(entry, dict) else ""
            self.stderr.write(f"{number} of {len(found)}: {name}")
            rules.append(self._simulated(entry, follows, scenarios=options["scenarios"]))
        accepted = all(not rule["faults"] for rule in rules)
        self._say({"accepted": accepted, "rules": rules})
        if not accepted:
            sys.exit(1)

    def _simulated(self, entry: Any, follows: Rule | None, *, scenarios: bool) -> dict[str, Any]:
        faults = [fault for fault in document_faults(entry, vocabulary()) if fault.key != EXAMPLES]
        if not faults and "effect" not in entry:
            error = RuleError(
                "The rule names no effect.", remedy="Add effect: prohibit, or another."
            )
            faults = [DocumentFault("effect", error)]
        if faults:
            name = str(entry.get("id", "")) if isinstance(entry, dict) else ""
            return {"id": name, "faults": [fault.as_dict() for fault in faults]}
        found: dict[str, Any] = {"id": str(entry["id"]), "faults": []}
        found["impact"] = impact_of_document(entry, follows).plain()
        if scenarios:
            self.stderr.write("  every use and place")
            source = source_of_document(entry, follows)
            found["standings"] = standings_by_scenario(source, follows)
        return found

    def _say(self, report: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(report, indent=2, ensure_ascii=False))
