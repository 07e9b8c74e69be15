"""State tables: one table says the states, the moves and who may make them.

The same table guards the move in a service, becomes the check constraint of the column, draws the
diagram of an app's README and the timeline of a page.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import CheckConstraint, Q, TextChoices
from django.utils.translation import gettext_lazy as _

from apps.core.errors import MoveRefused, Text


@dataclass(frozen=True, slots=True)
class Move:
    """One allowed step: its verb, from where, to where, and who makes it (an office or a clock)."""

    verb: str
    source: str
    target: str
    who: Text


@dataclass(frozen=True, slots=True)
class Station:
    """One stop on the "where is this now" timeline: `place` is past, now or next."""

    state: str
    label: str
    place: str
    at: Any = None


@dataclass(frozen=True, slots=True)
class StateTable:
    """All moves of one kind of row; `field` is its column, `main_line` the way drawn on pages."""

    states: type[TextChoices]
    initial: str
    moves: tuple[Move, ...]
    main_line: tuple[str, ...] = ()
    field: str = "state"

    def allows(self, source: str, target: str) -> bool:
        """Whether some move leads from `source` to `target`."""
        return any(move.source == source and move.target == target for move in self.moves)

    def move(self, row: Any, target: str) -> None:
        """Set the row's state; raise `MoveRefused` where the table has no such step."""
        source = getattr(row, self.field)
        if not self.allows(source, target):
            raise MoveRefused(
                _("From “%(source)s” there is no step to “%(target)s”.")
                % {"source": self.label(source), "target": self.label(target)},
                remedy=self._ways_on(source),
            )
        setattr(row, self.field, target)

    def label(self, state: str) -> str:
        """Return the words for one state."""
        return str(self.states(state).label)

    def final(self, state: str) -> bool:
        """Whether no move leads on."""
        return not any(move.source == state for move in self.moves)

    def constraint(self, name: str) -> CheckConstraint:
        """Return the database's own guard of the column's values."""
        return CheckConstraint(name=name, condition=Q(**{f"{self.field}__in": self.states.values}))

    def diagram(self) -> str:
        """Return the table as a Mermaid state diagram, for an app's README."""
        steps = [
            f"    {move.source} --> {move.target}: {move.verb} ({move.who})" for move in self.moves
        ]
        ends = [f"    {state} --> [*]" for state in self.states.values if self.final(state)]
        return "\n".join(["stateDiagram-v2", f"    [*] --> {self.initial}", *steps, *ends])

    def timeline(self, state: str, reached: Iterable[tuple[str, Any]] = ()) -> list[Station]:
        """Return the main line as past, now and next; `reached` pairs states with moments."""
        moments = dict(reached)
        line = list(self.main_line or self.states.values)
        if state not in line:
            line = [stop for stop in line if stop in moments] + [state]
        now = line.index(state)
        places = ["past"] * now + ["now"] + ["next"] * (len(line) - now - 1)
        return [
            Station(stop, self.label(stop), place, moments.get(stop))
            for stop, place in zip(line, places, strict=True)
        ]

    def _ways_on(self, source: str) -> Text:
        ways = [self.label(move.target) for move in self.moves if move.source == source]
        if not ways:
            return _("Nothing more can be done here.")
        return _("Possible from here: %(ways)s.") % {"ways": ", ".join(ways)}
