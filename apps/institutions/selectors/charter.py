"""The charter in force, with the chambers as they are seated now."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from apps.core.clock import now, today
from apps.institutions.models import ChamberTerms, Charter, OfficeHolding, Seat, SeatTerm
from apps.institutions.offices import Office
from apps.institutions.sectors import Sector


@dataclass(frozen=True, slots=True)
class SeatView:
    """One seat; an empty one has neither holder nor end."""

    number: int
    holder: str = ""
    organisation: str = ""
    until_at: dt.datetime | None = None
    basis: str = ""

    @property
    def held(self) -> bool:
        """Whether someone sits there now."""
        return self.until_at is not None


@dataclass(frozen=True, slots=True)
class ChamberView:
    """One chamber: who appoints it, who may sit in it, who sits there now."""

    sector: Sector
    appointment: str
    eligibility: str
    seats: Sequence[SeatView]
    chair: str

    @property
    def held(self) -> int:
        """How many seats are held now."""
        return sum(seat.held for seat in self.seats)

    @property
    def seated(self) -> bool:
        """Whether more than half of the seats are held, so that the chamber counts as seated."""
        return self.held * 2 > len(self.seats)


@dataclass(frozen=True, slots=True)
class CharterView:
    """The charter as the public reads it."""

    number: int
    operator: str
    contact: str
    funding: str
    founding_terms: str
    founding_from_date: dt.date
    founding_until_date: dt.date
    source: str
    in_force_at: dt.datetime
    founding: bool
    chambers: Sequence[ChamberView]

    @property
    def seated(self) -> bool:
        """Whether all three chambers are seated; before, no concurrent majority is claimed."""
        return all(chamber.seated for chamber in self.chambers)


def charter() -> CharterView | None:
    """Return the charter in force, or nothing before the founding."""
    found = Charter.objects.filter(in_force_at__lte=now()).order_by("-number").first()
    if found is None:
        return None
    return CharterView(
        number=found.number,
        operator=found.operator,
        contact=found.contact,
        funding=found.funding,
        founding_terms=found.founding_terms,
        founding_from_date=found.founding_from_date,
        founding_until_date=found.founding_until_date,
        source=found.source,
        in_force_at=found.in_force_at,
        founding=found.founding_from_date <= today() < found.founding_until_date,
        chambers=_chambers(found),
    )


def _chambers(charter: Charter) -> list[ChamberView]:
    terms = {
        row.chamber.sector: row
        for row in ChamberTerms.objects.filter(charter=charter).select_related("chamber")
    }
    seats, chairs = _seats(), _chairs()
    return [
        ChamberView(
            sector=sector,
            appointment=terms[sector].appointment,
            eligibility=terms[sector].eligibility,
            seats=seats.get(sector, []),
            chair=chairs.get(sector, ""),
        )
        for sector in Sector
        if sector in terms
    ]


def _seats() -> dict[str, list[SeatView]]:
    held = SeatTerm.objects.held().select_related("user", "organisation")
    terms = {term.seat_id: term for term in held}
    found: dict[str, list[SeatView]] = {}
    for seat in Seat.objects.select_related("chamber").order_by("chamber", "number"):
        view = _seat(seat.number, terms.get(seat.pk))
        found.setdefault(seat.chamber.sector, []).append(view)
    return found


def _seat(number: int, term: SeatTerm | None) -> SeatView:
    if term is None:
        return SeatView(number)
    return SeatView(
        number,
        holder=term.user.name,
        organisation=term.organisation.name if term.organisation else "",
        until_at=term.until_at,
        basis=term.basis,
    )


def _chairs() -> dict[str, str]:
    held = OfficeHolding.objects.held().filter(office=Office.CHAIR)
    return {
        row.chamber.sector: row.user.name
        for row in held.select_related("user", "chamber")
        if row.chamber
    }
