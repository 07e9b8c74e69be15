"""The one refusal of the engine: where, why, and what to write instead."""

from typing import Any


class RuleError(Exception):
    """A rule cannot be read, typed or answered; `line` and `column` begin at 1."""

    def __init__(self, reason: str, line: int = 1, column: int = 1, remedy: str = "") -> None:
        self.reason = reason
        self.line = line
        self.column = column
        self.remedy = remedy
        super().__init__(f"line {line}, column {column}: {reason}")

    def as_dict(self) -> dict[str, Any]:
        """Return the error as plain values."""
        return {
            "reason": self.reason,
            "line": self.line,
            "column": self.column,
            "remedy": self.remedy,
        }
