"""The portal's own shape of a listing, as JSON and as a table."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from apps.listings.readers.drafts import EvaluationDraft, ListingDraft, ParentDraft, RowRead
from apps.listings.readers.fields import LARGEST, Fields

ACCESS = ("open", "limited", "closed")
KINDS = ("weights", "outputs", "component", "data", "reference", "unstated")
RELATIONS = ("adapter", "merge", "quantized", "finetune", "distilled")
LISTS = ("modalities_in", "modalities_out", "languages", "tags", "statements")
NUMBERS = ("params_b", "training_flops_log10", "downloads")
FLAGS = ("has_model_card", "human_oversight")
STRUCTURES = ("parents", "evaluations")
KNOWN = frozenset(ListingDraft.__dataclass_fields__)
IDENTITY = ("source", "external_id", "provider")
DIGEST = ("sha256:", 64)
SIGNS = frozenset("0123456789abcdef")


def read_own(line: int, row: Mapping[str, Any], default_source: str) -> RowRead:
    """Read one listing in the portal's own shape; every key that is not known is named."""
    fields = Fields(row)
    fields.only(KNOWN)
    draft = ListingDraft(
        source=_source(fields, default_source),
        external_id=fields.text("external_id", needed=True),
        name=fields.text("name", most=200, needed=True),
        provider=fields.text("provider", most=200, needed=True),
        provider_country=_country(fields),
        provider_website=fields.web("provider_website", most=300),
        licence_text=fields.text("licence_text"),
        licence_link=fields.text("licence_link", most=500),
        weight_digest=_digest(fields),
        revision=fields.text("revision", most=100),
        task=fields.text("task", most=60),
        modalities_in=fields.texts("modalities_in", most=40),
        modalities_out=fields.texts("modalities_out", most=40),
        params_b=fields.number("params_b"),
        training_flops_log10=fields.number("training_flops_log10"),
        downloads=fields.count("downloads"),
        languages=fields.texts("languages", most=40),
        tags=fields.texts("tags"),
        statements=fields.texts("statements", most=40),
        access=fields.choice("access", ACCESS),
        released_date=fields.day("released_date"),
        has_model_card=fields.flag("has_model_card"),
        human_oversight=fields.flag("human_oversight"),
        card_url=fields.web("card_url"),
        parents=_parents(fields),
        evaluations=_evaluations(fields),
    )
    faults = tuple(fields.faults)
    return RowRead(line, draft.external_id, None if faults else draft, faults)


def read_changes(draft: ListingDraft, changes: Mapping[str, Any]) -> RowRead:
    """Read a draft with some fields told anew; what identifies the listing cannot be changed."""
    fields = Fields(changes)
    for name in IDENTITY:
        if name in changes:
            fields.fault(name, "This identifies the listing and stays.", "List a new model.")
    told = {name: _plain(value) for name, value in asdict(draft).items()}
    read = read_own(1, told | dict(changes), draft.source)
    if not fields.faults:
        return read
    return RowRead(1, draft.external_id, None, (*fields.faults, *read.faults))


def read_cells(line: int, cells: Mapping[str, str], default_source: str) -> RowRead:
    """Read one row of a table: lists by semicolons, parents and evaluations as JSON.

    A cell is text whatever it begins with: nothing here computes a formula.
    """
    fields = Fields(cells)
    row = {name: _cell(fields, name, text.strip()) for name, text in cells.items() if text.strip()}
    read = read_own(line, row, default_source)
    if not fields.faults:
        return read
    return RowRead(line, read.external_id, None, (*fields.faults, *read.faults))


def _plain(value: Any) -> Any:
    """Return a draft's value as JSON has it."""
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    return value.isoformat() if isinstance(value, dt.date) else value


def _cell(fields: Fields, name: str, text: str) -> Any:
    if name in LISTS:
        return [item.strip() for item in text.split(";") if item.strip()]
    if name in FLAGS:
        return {"true": True, "false": False}.get(text.casefold(), text)
    if name not in NUMBERS and name not in STRUCTURES:
        return text
    try:
        return json.loads(text, parse_constant=lambda word: word)
    except (ValueError, RecursionError):
        kind = "number" if name in NUMBERS else "list in JSON"
        fields.fault(name, f"“{text[:40]}” is no {kind}.")
        return None


def _source(fields: Fields, default: str) -> str:
    source = fields.text("source", most=60) or default
    if not source.replace("-", "").replace(".", "").isalnum():
        fields.fault("source", f"“{source}” is no short name.", "Use letters, figures and hyphens.")
    return source


def _country(fields: Fields) -> str:
    text = fields.text("provider_country")
    if text and not (len(text) == 2 and text.isascii() and text.isalpha() and text.isupper()):  # noqa: PLR2004 - ISO 3166-1 alpha-2
        fields.fault("provider_country", f"“{text}” is no country code.", "Use IN, FR, US.")
        return ""
    return text


def _digest(fields: Fields) -> str:
    text = fields.text("weight_digest", most=80).casefold()
    prefix, length = DIGEST
    figures = text.removeprefix(prefix)
    if text and (len(figures) != length or not SIGNS.issuperset(figures)):
        fields.fault("weight_digest", "This is no SHA-256.", "Write sha256: and 64 hex figures.")
        return ""
    return prefix + figures if text else ""


def _mappings(fields: Fields, name: str) -> list[Fields]:
    listed = fields.row.get(name) or []
    if not isinstance(listed, list) or not all(isinstance(item, Mapping) for item in listed):
        fields.fault(name, "A list of mappings is needed.")
        return []
    return [Fields(item) for item in listed[:1000]]


def _parents(fields: Fields) -> tuple[ParentDraft, ...]:
    found: dict[tuple[str, str], ParentDraft] = {}
    for inner in _mappings(fields, "parents"):
        inner.only(("name", "kind", "relation", "evidence"))
        parent = ParentDraft(
            inner.text("name", needed=True),
            inner.choice("kind", KINDS) or "weights",
            inner.choice("relation", RELATIONS),
            inner.text("evidence", most=500),
        )
        found.setdefault((parent.name.casefold(), parent.kind), parent)
        fields.faults += inner.faults
    return tuple(found.values())


def _evaluations(fields: Fields) -> tuple[EvaluationDraft, ...]:
    found: dict[tuple[str, str, str], EvaluationDraft] = {}
    for inner in _mappings(fields, "evaluations"):
        inner.only(("kind", "score", "dataset", "measured_date", "source"))
        score = inner.number("score", least=-LARGEST)
        if score is None and not inner.faults:
            inner.fault("score", "This field is missing.", "Fill it in.")
        result = EvaluationDraft(
            inner.text("kind", most=60, needed=True),
            score or 0.0,
            inner.text("dataset", most=200),
            inner.day("measured_date"),
            inner.text("source"),
        )
        found.setdefault((result.kind, result.dataset, result.source), result)
        fields.faults += inner.faults
    return tuple(found.values())
