"""An impact's breakdowns as tables and bars, in the reader's words."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from apps.core.errors import Text
from apps.core.jurisdictions import EVERYWHERE, jurisdictions
from apps.policy.engine import Outcome
from apps.policy.models import Use
from apps.policy.states import RuleOutcome

TITLES: Mapping[str, Text] = {
    "size": gettext_lazy("By listings of the provider"),
    "country": gettext_lazy("By country of the provider"),
    "language": gettext_lazy("By language"),
    "licence": gettext_lazy("By family of licences"),
    "documented": gettext_lazy("By how many facts are documented"),
    "care": gettext_lazy("By signs of care"),
}
NOTES: Mapping[str, Text] = {
    "documented": gettext_lazy(
        "Of these: licence, toxicity, bias gap, day of the evaluation, training compute, human "
        "oversight, parameters."
    ),
    "care": gettext_lazy(
        "Of these: a model card, an evaluation, human oversight, no open incident."
    ),
}
SHARE = gettext_lazy("The share of each group whose answers would change; the largest groups.")
FULL = 150
STEP = 24
DRAWN, LISTED = 8, 40
PERCENT = 100


@dataclass(frozen=True, slots=True)
class Row:
    """One group: its listings, and of those whose answers change, get stricter, get milder."""

    label: str
    listings: int
    changed: int
    stricter: int
    milder: int
    small: bool
    y: int = 0

    @property
    def percent(self) -> int:
        """The share of the group that changes."""
        return round(PERCENT * self.changed / self.listings)

    @property
    def width(self) -> int:
        """How long its bar is."""
        return round(FULL * self.changed / self.listings)


@dataclass(frozen=True, slots=True)
class GroupTable:
    """One way of telling listings apart; the largest groups are drawn, the others only listed."""

    key: str
    title: Text
    method: str
    rows: Sequence[Row]
    drawn: Sequence[Row]
    more: int

    @property
    def height(self) -> int:
        """How tall the picture is."""
        return STEP * len(self.drawn) + 4


@dataclass(frozen=True, slots=True)
class Hardest:
    """One group that is hit more than others, by how many times the share of all."""

    title: Text
    row: Row
    times: float


@dataclass(frozen=True, slots=True)
class Half:
    """Listings with more, or with less, and how many of them get stricter answers."""

    listings: int
    stricter: int

    @property
    def percent(self) -> int:
        """The share that gets stricter answers."""
        return round(PERCENT * self.stricter / self.listings) if self.listings else 0


@dataclass(frozen=True, slots=True)
class Leaning:
    """Whether listings with at least `least` documented facts, or signs of care, fare worse."""

    title: Text
    least: int
    better: Half
    others: Half
    flagged: bool


@dataclass(frozen=True, slots=True)
class Scenario:
    """Some uses in some places with the same figures."""

    uses: str
    places: str
    changed: int
    stricter: int
    milder: int


@dataclass(frozen=True, slots=True)
class Sample:
    """One listing that changes, and the clauses of the draft that hold for it."""

    code: str
    name: str
    before: Text
    after: Text
    clauses: str


@dataclass(frozen=True, slots=True)
class Breakdown:
    """All of it, as a page shows it."""

    groups: Sequence[GroupTable]
    hardest: Sequence[Hardest]
    leanings: Sequence[Leaning]
    scenarios: Sequence[Scenario]
    samples: Sequence[Sample]
    owed: Sequence[Mapping[str, Any]]
    concentration: Mapping[str, Any]
    shadow: Mapping[str, Any] | None

    @property
    def flagged(self) -> list[Leaning]:
        """Where listings with more of something good fare worse."""
        return [one for one in self.leanings if one.flagged]


def breakdown(document: Mapping[str, Any]) -> Breakdown | None:
    """Return the breakdowns of an impact's document; nothing where it has none."""
    if not document:
        return None
    groups = {key: [_row(key, row) for row in document["groups"][key]] for key in TITLES}
    return Breakdown(
        groups=[_table(key, rows) for key, rows in groups.items()],
        hardest=[
            Hardest(TITLES[row["by"]], _row(row["by"], row), row["times"] / PERCENT)
            for row in document["hardest"]
        ],
        leanings=[
            _leaning(TITLES["documented"], document["disclosure"]),
            _leaning(TITLES["care"], document["care"]),
        ],
        scenarios=_scenarios(document["scenarios"]),
        samples=[_sample(row) for row in document["samples"]],
        owed=[*document["duties"], *document["conditions"]],
        concentration=document["concentration"],
        shadow=_shadow(document.get("shadow")),
    )


def _row(key: str, row: Mapping[str, Any]) -> Row:
    return Row(
        label=_label(key, row["group"]),
        listings=row["listings"],
        changed=row["changed"],
        stricter=row["stricter"],
        milder=row["milder"],
        small=row["small"],
    )


def _table(key: str, rows: list[Row]) -> GroupTable:
    largest = sorted(rows, key=lambda row: -row.listings)
    drawn = [row for row in rows if row in largest[:DRAWN]]
    return GroupTable(
        key=key,
        title=TITLES[key],
        method=f"{SHARE} {NOTES.get(key, '')}".strip(),
        rows=[row for row in rows if row in largest[:LISTED]],
        drawn=[replace(row, y=number * STEP) for number, row in enumerate(drawn)],
        more=max(0, len(rows) - LISTED),
    )


def _label(key: str, value: str | int) -> str:
    if key == "size":
        return _size(str(value))
    if key in {"documented", "care"}:
        return str(value)
    if not value:
        return _("not known")
    if key == "country" and value in jurisdictions():
        return jurisdictions()[str(value)].name
    return str(value)


def _size(name: str) -> str:
    least, _dash, most = name.partition("-")
    if name == least:
        return ngettext("%(n)s listing", "%(n)s listings", int(least)) % {"n": least}
    if most:
        return _("%(least)s to %(most)s listings") % {"least": least, "most": most}
    return _("%(least)s listings or more") % {"least": least}


def _leaning(title: Text, found: Mapping[str, Any]) -> Leaning:
    return Leaning(
        title, found["from"], Half(**found["better"]), Half(**found["others"]), found["flagged"]
    )


def _scenarios(rows: Sequence[Mapping[str, Any]]) -> list[Scenario]:
    """Return scenarios, uses with the same figures together, and so their places."""
    alike: dict[tuple, list[str]] = defaultdict(list)
    for row in rows:
        key = (tuple(row["jurisdictions"]), row["changed"], row["stricter"], row["milder"])
        alike[key].append(row["use"])
    joined: dict[tuple, list[str]] = defaultdict(list)
    for (places, *figures), uses in alike.items():
        joined[tuple(uses), *figures] += places
    names = {use.slug: use.name for use in Use.objects.all()} if joined else {}
    return [
        Scenario(_uses(uses, names), _places(places), *figures)
        for (uses, *figures), places in joined.items()
    ]


def _uses(uses: Sequence[str], names: Mapping[str, str]) -> str:
    if names.keys() <= set(uses):
        return _("any use")
    return ", ".join(names.get(use, use) for use in uses)


def _places(codes: Sequence[str]) -> str:
    """Return places in words, all that nothing tells apart last."""
    known = jurisdictions()
    words = [known[code].name if code in known else code for code in codes if code != EVERYWHERE]
    if EVERYWHERE in codes:
        words.append(_("everywhere else") if words else _("everywhere not named here"))
    return ", ".join(words)


def _shadow(found: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """Return what a version on trial held, its outcomes in words."""
    if found is None:
        return None
    turns = [
        row
        | {
            "before": _words(row["before"]),
            "after": _words(row["after"]),
            "since_at": dt.datetime.fromisoformat(row["since_at"]),
        }
        for row in found["turns"]
    ]
    return {**found, "turns": turns}


def _words(slug: str) -> Text:
    return RuleOutcome(int(Outcome.of(slug))).label


def _sample(row: Mapping[str, Any]) -> Sample:
    return Sample(
        code=row["code"],
        name=row["name"],
        before=_words(row["before"]),
        after=_words(row["after"]),
        clauses=", ".join(f"§{number}" for number in row["clauses"]),
    )
