"""What an act is: a frozen value with a kind, a subject and plain facts, never people's data."""

import datetime as dt
import uuid
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, ClassVar

PLAIN = (str, int, bool, type(None))


class Visibility(StrEnum):
    """Whether the feed shows an act's content or only that there was one."""

    PUBLIC = "public"
    SEALED = "sealed"


class ActMalformed(TypeError):
    """A class of acts breaks a rule of form: a programmer's mistake, never a user's."""


_kinds: dict[str, type["Act"]] = {}


@dataclass(frozen=True, kw_only=True)
class Act:
    """Base of all acts.

    A subclass stands in its app's `acts.py`, in the past tense, and sets `kind` as
    `app.noun.participle`. `subject` orders: acts of one subject reach a consumer in the order of
    their changes. A field annotated `uuid.UUID` or `list[uuid.UUID]` puts the act into the history
    of that thing too. A sealed kind names in `unsealed_after` how long its content stays hidden;
    `None` is for ever.
    """

    kind: ClassVar[str] = ""
    visibility: ClassVar[Visibility] = Visibility.PUBLIC
    unsealed_after: ClassVar[dt.timedelta | None] = None

    subject: uuid.UUID

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if not cls.kind:
            raise ActMalformed(f"{cls.__qualname__} names no kind.")
        known = _kinds.get(cls.kind)
        if known and known.__qualname__ != cls.__qualname__:
            raise ActMalformed(f"Two acts are called {cls.kind}.")
        _kinds[cls.kind] = cls

    def payload(self) -> dict[str, Any]:
        """Return the act's own facts as JSON values; the subject stands beside them."""
        names = [field.name for field in fields(self) if field.name != "subject"]
        return {name: plain(getattr(self, name)) for name in names}

    def concerns(self) -> list[str]:
        """Return the other things whose history this act enters."""
        values = [getattr(self, field.name) for field in fields(self) if field.name != "subject"]
        flat = [
            item for value in values for item in (value if isinstance(value, list) else [value])
        ]
        return sorted({str(item) for item in flat if isinstance(item, uuid.UUID)})


@dataclass(frozen=True, kw_only=True)
class ActParked(Act):
    """A consumer could not answer the act at `position`; it is tried again until it can."""

    kind = "journal.act.parked"
    position: int
    consumer: str


PARKING = uuid.UUID("5f0a8b0f-6c1e-5d0e-9c58-1b5f0a7a110c")
"""The subject of all acts on parked acts, so that they wait behind none of the acts parked."""


def plain(value: Any) -> Any:
    """Return a value as JSON has it; floats are refused, as two writers may spell them apart."""
    if isinstance(value, PLAIN):
        return value
    if isinstance(value, uuid.UUID):
        return str(value)
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    raise ActMalformed(f"An act cannot carry a {type(value).__name__}.")


def kinds() -> dict[str, type[Act]]:
    """Return every kind of act that the loaded apps declare."""
    return dict(_kinds)
