"""The concurrent majority: every chamber that can decide has its quorum and carries."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

RAISED = Fraction(2, 3)
FEWEST_DECIDING = 2


class Verdict(StrEnum):
    """What a chamber's figures say; a whole ballot is carried, not carried or without quorum."""

    CARRIED = "carried"
    NOT_CARRIED = "not-carried"
    NO_QUORUM = "no-quorum"
    CANNOT_DECIDE = "cannot-decide"


@dataclass(frozen=True, slots=True)
class Chamber:
    """The figures of one chamber: its roll, and of it those who stepped aside or marked."""

    roll: int
    recused: int
    yes: int
    no: int
    abstain: int

    @property
    def eligible(self) -> int:
        """Seats that did not step aside: the base of the quorum."""
        return self.roll - self.recused

    @property
    def present(self) -> int:
        """Seats that count for the quorum: all that marked."""
        return self.yes + self.no + self.abstain

    @property
    def can_decide(self) -> bool:
        """Whether no more than half of the roll stepped aside."""
        return self.recused * 2 <= self.roll

    @property
    def tied(self) -> bool:
        """Whether as many said yes as no, and someone did."""
        return self.yes == self.no > 0

    def quorum_seats(self, quorum: Fraction) -> int:
        """The fewest seats that make the quorum."""
        return -(-self.eligible * quorum.numerator // quorum.denominator)

    def has_quorum(self, quorum: Fraction) -> bool:
        """Whether enough seats marked; a chamber in which nobody sits never has a quorum."""
        return self.roll > 0 and self.present >= self.quorum_seats(quorum)

    def verdict(self, quorum: Fraction, threshold: Fraction) -> Verdict:
        """Say what the figures come to; the threshold must be exceeded, a tie is not carried."""
        if not self.can_decide:
            return Verdict.CANNOT_DECIDE
        if not self.has_quorum(quorum):
            return Verdict.NO_QUORUM
        over = self.yes * threshold.denominator > (self.yes + self.no) * threshold.numerator
        return Verdict.CARRIED if over else Verdict.NOT_CARRIED


@dataclass(frozen=True, slots=True)
class Count:
    """The result of one ballot; `threshold` is the raised one where a chamber cannot decide."""

    outcome: Verdict
    threshold: Fraction
    verdicts: dict[str, Verdict]
    ties: list[str]


def concurrent_majority(
    chambers: Mapping[str, Chamber], *, quorum: Fraction, threshold: Fraction
) -> Count:
    """Count one ballot.

    Where a chamber cannot decide, the others need more than two thirds; where fewer than two are
    left to decide, there is no quorum. A missing quorum in one chamber goes before a no in another.
    """
    if not all(chamber.can_decide for chamber in chambers.values()):
        threshold = max(threshold, RAISED)
    verdicts = {name: chamber.verdict(quorum, threshold) for name, chamber in chambers.items()}
    ties = [name for name, chamber in chambers.items() if chamber.tied]
    return Count(_outcome(list(verdicts.values())), threshold, verdicts, ties)


def _outcome(verdicts: list[Verdict]) -> Verdict:
    deciding = [verdict for verdict in verdicts if verdict is not Verdict.CANNOT_DECIDE]
    enough = min(FEWEST_DECIDING, len(verdicts))
    if len(deciding) < max(1, enough) or Verdict.NO_QUORUM in deciding:
        return Verdict.NO_QUORUM
    carried = all(verdict is Verdict.CARRIED for verdict in deciding)
    return Verdict.CARRIED if carried else Verdict.NOT_CARRIED
