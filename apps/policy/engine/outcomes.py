"""What a rule can lead to, in order of severity, and how firmly it is applied."""

from enum import IntEnum, StrEnum


class Outcome(IntEnum):
    """One effect of a rule; several join to the largest, so the order of rules is nothing."""

    ALLOW = 0
    CONDITION = 1
    RESTRICT = 2
    SUSPEND = 3
    PROHIBIT = 4

    @property
    def slug(self) -> str:
        """The word used in the API, in files and in addresses."""
        return self.name.lower()

    @classmethod
    def of(cls, slug: str) -> "Outcome":
        """Return the outcome of a slug; raise `KeyError`."""
        return cls[slug.upper()]


class Mode(StrEnum):
    """How firmly: only `enforce` changes the outcome, the others say what it would be."""

    ADVISE = "advise"
    WARN = "warn"
    ENFORCE = "enforce"
