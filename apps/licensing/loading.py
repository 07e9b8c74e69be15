"""Bring the register's files into its tables: by the command, and once by a migration.

The tables are named, not imported, so that a migration can hand in those of its own time.
What left the files is closed with the edition's date, never deleted.
"""

import datetime as dt
import hashlib
import json
import re
import uuid
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.db.models import QuerySet

from apps.licensing.names import link_key, name_key, names_nothing, without_parenthesis

FOLDER = Path(__file__).with_name("reference")
FILES = ("licence_matrix.json", "aliases.json", "restriction_uses.json")
DATED = re.compile(r"\((?:[^()]*, )?(\d{4}-\d{2}-\d{2})")
Tables = Callable[[str], QuerySet]


class RegisterBroken(ValueError):
    """The register's files contradict themselves: nothing was loaded."""


def register_load(tables: Tables, *, loaded_at: dt.datetime) -> Any | None:
    """Write what the files say; return the new edition, or `None` where they changed nothing.

    Runs inside the caller's transaction.
    """
    digest = hashlib.sha256(b"".join(_path(name).read_bytes() for name in FILES)).hexdigest()
    matrix = _file("licence_matrix.json")
    row = tables("Edition").model(
        id=uuid.uuid5(uuid.NAMESPACE_URL, f"licences:{digest}"),
        name=matrix["edition"],
        digest=digest,
        loaded_at=loaded_at,
    )
    if tables("Edition").filter(digest=digest).exists():
        return None
    _vocabulary(tables, matrix)
    _licences(tables, matrix)
    _aliases(tables, matrix)
    _uses(tables)
    tables("Edition").bulk_create([row])
    return row


def _vocabulary(tables: Tables, matrix: dict) -> None:
    _upsert(
        tables("UseRestriction"),
        [
            {"code": r["code"], "key": r["key"], "summary": r["summary"], "risks": r["risk_seeds"]}
            for r in matrix["vocabulary"]
        ],
        ["code"],
    )
    terms = [{"code": row["code"], "summary": row["summary"]} for row in matrix["terms"]]
    _upsert(tables("Term"), terms, ["code"])


def _licences(tables: Tables, matrix: dict) -> None:
    rows, edition = matrix["licences"], dt.date.fromisoformat(matrix["edition"])
    _upsert(tables("Licence"), [_licence(row) for row in rows], ["id"])
    _close(tables("Licence"), {row["id"] for row in rows}, lambda r: r.pk, edition)
    restrictions = [
        {"licence_id": row["id"], "restriction_id": code, "place": place, "ended_date": None}
        for row in rows
        for code, place in row["restrictions"].items()
    ]
    terms = [
        {"licence_id": row["id"], "term_id": code, "ended_date": None}
        for row in rows
        for code in row["terms"]
    ]
    _upsert(tables("LicenceRestriction"), restrictions, ["licence_id", "restriction_id"])
    _upsert(tables("LicenceTerm"), terms, ["licence_id", "term_id"])
    kept = {(r["licence_id"], r["restriction_id"]) for r in restrictions}
    _close(tables("LicenceRestriction"), kept, lambda r: (r.licence_id, r.restriction_id), edition)
    kept = {(r["licence_id"], r["term_id"]) for r in terms}
    _close(tables("LicenceTerm"), kept, lambda r: (r.licence_id, r.term_id), edition)


def _licence(row: dict) -> dict[str, Any]:
    threshold, dated = row.get("threshold", {}), DATED.search(row["name"])
    return {
        "id": row["id"],
        "name": row["name"],
        "family": row["family"],
        "spdx_id": row["spdx"] or "",
        "scancode_ref": row["scancode"] or "",
        "hf_id": "" if row["hf_id"] in {None, "other"} else row["hf_id"],
        "category": row["category"],
        "flow_mode": row["flow_mode"],
        "confidence": row["confidence"],
        "source": row["source"],
        "note": row["note"],
        "name_prefix": row.get("name_prefix", ""),
        "monthly_users_below": threshold.get("mau"),
        "yearly_revenue_usd_below": threshold.get("revenue_usd"),
        "excluded_territory": row.get("excluded_territory", []),
        "ambiguous": row.get("ambiguous", False),
        "effective_date": dt.date.fromisoformat(dated[1]) if dated else None,
        "ended_date": None,
    }


def _aliases(tables: Tables, matrix: dict) -> None:
    """Every spelling leads to one licence; two licences under one spelling are refused."""
    book = _file("aliases.json")
    found: dict[str, dict[str, str]] = {}
    spellings = [
        (row["id"], text, row["source"]) for row in matrix["licences"] for text in _own(row)
    ]
    spellings += [
        (licence, text, book["source"])
        for licence, texts in book["aliases"].items()
        for text in texts
    ]
    for licence, text, source in spellings:
        key = link_key(text) or name_key(text)
        known = found.setdefault(
            key, {"key": key, "licence_id": licence, "text": text, "source": source}
        )
        if known["licence_id"] != licence:
            raise RegisterBroken(f"“{text}” names both {known['licence_id']} and {licence}.")
    _upsert(tables("LicenceAlias"), list(found.values()), ["key"])


def _own(row: dict) -> list[str]:
    names = [row["id"], row["name"], without_parenthesis(row["name"]), row["spdx"], row["hf_id"]]
    return [name for name in names if name and not names_nothing(name)]


def _uses(tables: Tables) -> None:
    rows = [
        {
            "restriction_id": row["restriction"],
            "use": row["use"],
            "valid_from": dt.date.fromisoformat(row["from"]),
            "valid_until": dt.date.fromisoformat(row["until"]) if "until" in row else None,
            "source": row["source"],
        }
        for row in _file("restriction_uses.json")["rows"]
    ]
    _upsert(tables("RestrictionUse"), rows, ["restriction_id", "use", "valid_from"])


def _upsert(table: QuerySet, rows: list[dict[str, Any]], key: list[str]) -> None:
    changed = [name for name in rows[0] if name not in key]
    table.bulk_create(
        [table.model(**row) for row in rows],
        update_conflicts=True,
        unique_fields=key,
        update_fields=changed,
    )


def _close(table: QuerySet, kept: Iterable, name: Callable[[Any], Any], day: dt.date) -> None:
    for row in table.filter(ended_date=None):
        if name(row) not in kept:
            table.filter(pk=row.pk).update(ended_date=day)


def _path(name: str) -> Path:
    return FOLDER / name


def _file(name: str) -> dict:
    return json.loads(_path(name).read_text("utf-8"))
