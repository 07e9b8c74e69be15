"""Who does something: the one value that every service and predicate receives."""

import uuid
from dataclasses import dataclass, field
from enum import StrEnum


class ActorKind(StrEnum):
    """What stands behind an actor."""

    ANONYMOUS = "anonymous"
    PERSON = "person"
    TOKEN = "token"  # noqa: S105 - a kind, no secret
    SYSTEM = "system"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Actor:
    """One who acts.

    `person` is the user behind a session or token; `organisation` the one a token speaks for;
    `scopes` bind a token only. `SYSTEM` is the portal itself answering an act or a clock;
    `OPERATOR` is someone at the command line. Roles are never stored here: predicates of
    `institutions` read them at the moment of the deed.
    """

    kind: ActorKind
    person: uuid.UUID | None = None
    organisation: uuid.UUID | None = None
    scopes: frozenset[str] = field(default_factory=frozenset)
    second_factor: bool = False

    @property
    def known(self) -> bool:
        """Whether a person stands behind the deed."""
        return self.person is not None


ANONYMOUS = Actor(ActorKind.ANONYMOUS)
SYSTEM = Actor(ActorKind.SYSTEM)
OPERATOR = Actor(ActorKind.OPERATOR)
