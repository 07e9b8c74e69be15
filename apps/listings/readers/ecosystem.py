"""A row of the public ecosystem graph of foundation models: facts only, with its own gaps."""

from collections.abc import Mapping
from typing import Any

from apps.listings.readers.drafts import ListingDraft, ParentDraft, RowRead
from apps.listings.readers.fields import WEB, Fields

SOURCE = "ecosystem-graphs"
EVIDENCE = "dependencies of the ecosystem graph"
STATEMENTS = (
    "intended_uses",
    "prohibited_uses",
    "monitoring",
    "feedback",
    "quality_control",
    "analysis",
    "model_card",
)
# The source writes countries in words; two at once, or none, is not known.
COUNTRIES = {
    "USA": "US",
    "UK": "GB",
    "UAE": "AE",
    "China": "CN",
    "Canada": "CA",
    "South Korea": "KR",
    "Israel": "IL",
    "Germany": "DE",
    "Japan": "JP",
    "France": "FR",
    "Singapore": "SG",
    "Belgium": "BE",
    "Philippines": "PH",
    "Russia": "RU",
    "India": "IN",
    "Switzerland": "CH",
}


def read_ecosystem(line: int, row: Mapping[str, Any]) -> RowRead:
    """Read one row; its identity is the file it stands in, and its name there."""
    fields = Fields(row)
    name = fields.text("name", most=200, needed=True)
    file = fields.text("source_file", most=90, needed=True)
    reference = f"{file}#{name}"
    parameters = fields.count("parameters")
    draft = ListingDraft(
        source=SOURCE,
        external_id=reference,
        name=name,
        provider=fields.text("organisation", most=200, needed=True),
        provider_country=COUNTRIES.get(fields.text("country"), ""),
        licence_text=fields.text("licence_as_written"),
        modalities_in=_modalities(fields, "modality_in"),
        modalities_out=_modalities(fields, "modality_out"),
        params_b=None if parameters is None else parameters / 1e9,
        statements=_statements(fields),
        access=fields.choice("access", ("open", "limited", "closed")),
        released_date=fields.day("created"),
        has_model_card={"stated": True, "absent": False}.get(fields.text("model_card")),
        card_url=_address(fields),
        parents=_parents(fields),
    )
    return RowRead(line, reference, None if fields.faults else draft, tuple(fields.faults))


def _modalities(fields: Fields, name: str) -> tuple[str, ...]:
    return tuple(item for item in fields.texts(name, most=40) if item != "unknown")


def _statements(fields: Fields) -> tuple[str, ...]:
    """Return which declarations its provider has made, by the source's reading."""
    return tuple(name.replace("_", "-") for name in STATEMENTS if fields.text(name) == "stated")


def _address(fields: Fields) -> str:
    """Return the address where it is one: the source also writes `none` and remarks there."""
    text = fields.text("url", most=2000)
    return text if WEB.fullmatch(text) and len(text) <= 500 else ""  # noqa: PLR2004 - the column


def _parents(fields: Fields) -> tuple[ParentDraft, ...]:
    """Return what a model depends on. The source tells datasets apart, but no kind of making."""
    listed = fields.row.get("dependencies") or []
    if not isinstance(listed, list) or not all(isinstance(item, Mapping) for item in listed):
        fields.fault("dependencies", "A list of mappings is needed.")
        return ()
    found: dict[tuple[str, str], ParentDraft] = {}
    for item in listed:
        inner = Fields(item)
        name = inner.text("resolved") or inner.text("name", needed=True)
        kind = "data" if item.get("type") == "dataset" else "unstated"
        fields.faults += inner.faults
        if name:
            found.setdefault((name.casefold(), kind), ParentDraft(name, kind, "", EVIDENCE))
    return tuple(found.values())
