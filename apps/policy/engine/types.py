"""Types of Rule CEL."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a value is; `open` is a parameter whose type its first use will tell."""

    BOOL = "bool"
    INT = "int"
    DOUBLE = "double"
    STRING = "string"
    TIMESTAMP = "timestamp"
    DURATION = "duration"
    LIST = "list"
    RECORD = "record"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Field:
    """One member of a record."""

    name: str
    type: "Type"
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Type:
    """One type: a list names its element, a record its fields."""

    kind: Kind
    element: "Type | None" = None
    fields: tuple[Field, ...] = ()

    def __str__(self) -> str:
        return f"list({self.element})" if self.element else self.kind.value

    @property
    def item(self) -> "Type":
        """The type of a list's elements."""
        if self.element is None:
            raise TypeError(f"{self} has no elements")
        return self.element

    @property
    def ordered(self) -> bool:
        """Whether `<` means something."""
        return self.kind in ORDERED

    @property
    def scalar(self) -> bool:
        """Whether two values can be compared by `==`."""
        return self.kind not in {Kind.LIST, Kind.RECORD, Kind.OPEN}

    def field(self, name: str) -> Field | None:
        """Return a record's member, if it has it."""
        return next((field for field in self.fields if field.name == name), None)


ORDERED = frozenset({Kind.INT, Kind.DOUBLE, Kind.STRING, Kind.TIMESTAMP, Kind.DURATION})
BOOL = Type(Kind.BOOL)
INT = Type(Kind.INT)
DOUBLE = Type(Kind.DOUBLE)
STRING = Type(Kind.STRING)
TIMESTAMP = Type(Kind.TIMESTAMP)
DURATION = Type(Kind.DURATION)
OPEN = Type(Kind.OPEN)


def list_of(element: Type) -> Type:
    """Return the type of lists of an element."""
    return Type(Kind.LIST, element)


def record(*fields: Field) -> Type:
    """Return the type of records with these members."""
    return Type(Kind.RECORD, fields=fields)
