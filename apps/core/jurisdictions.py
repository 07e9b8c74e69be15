"""Jurisdictions: ISO 3166-1 codes and dated groups such as the European Union.

The data stand in `jurisdictions.json`, each group with the source and the dates of each member.
"""

import datetime as dt
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from apps.core.errors import Invalid

FILE = Path(__file__).with_name("jurisdictions.json")
EVERYWHERE = "*"


class JurisdictionUnknown(Invalid):
    """No such code."""

    code = "jurisdiction-unknown"
    title = _("This jurisdiction is not known.")
    remedy = _("Use an ISO 3166-1 code such as IN or FR, or a group such as EU.")


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """One territory or group; `zone` is its IANA time zone, a group's that of its seat."""

    code: str
    name_en: str
    name_hi: str
    zone: str
    members: tuple[tuple[str, dt.date | None, dt.date | None], ...] = ()

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.name_hi if (get_language() or "").startswith("hi") else self.name_en

    def member_codes(self, day: dt.date) -> frozenset[str]:
        """Return the members of a group on a day; a territory has none."""
        return frozenset(
            code
            for code, since, until in self.members
            if (since is None or since <= day) and (until is None or day < until)
        )


@cache
def jurisdictions() -> dict[str, Jurisdiction]:
    """Return all jurisdictions by code, groups first."""
    rows = json.loads(FILE.read_text("utf-8"))["jurisdictions"]
    return {row["code"]: _read(row) for row in rows}


def jurisdiction(code: str) -> Jurisdiction:
    """Return one jurisdiction; raise `JurisdictionUnknown`."""
    try:
        return jurisdictions()[code.strip().upper()]
    except KeyError:
        raise JurisdictionUnknown(
            _("“%(code)s” is no jurisdiction we know.") % {"code": code}, field="jurisdiction"
        ) from None


@cache
def territories(code: str, day: dt.date) -> frozenset[str]:
    """Return the ISO codes that a jurisdiction covers on a day: itself, or a group's members."""
    place = jurisdiction(code)
    return place.member_codes(day) if place.members else frozenset({place.code})


def covers(codes: list[str], place: str, day: dt.date) -> bool:
    """Whether a list of jurisdictions (empty: everywhere) covers a place on a day."""
    if not codes or EVERYWHERE in codes:
        return True
    wanted = territories(place, day)
    held = frozenset[str]().union(*(territories(code, day) for code in codes))
    return wanted <= held


def _read(row: dict) -> Jurisdiction:
    members = tuple(
        (member["code"], _day(member.get("since")), _day(member.get("until")))
        for member in row.get("members", ())
    )
    return Jurisdiction(row["code"], row["name"]["en"], row["name"]["hi"], row["zone"], members)


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
