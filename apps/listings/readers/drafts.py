"""What a reader hands on: a draft of one listing, or what is wrong with its row."""

import datetime as dt
import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a row: in which field, why, and what to do."""

    field: str
    reason: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class ParentDraft:
    """Something a model was made from, by the name its source gives."""

    name: str
    kind: str
    relation: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class EvaluationDraft:
    """One result of a test."""

    kind: str
    score: float
    dataset: str = ""
    measured_date: dt.date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingDraft:
    """One listing as a source has it; what the source does not say is empty or `None`."""

    source: str
    external_id: str
    name: str
    provider: str
    provider_country: str = ""
    provider_website: str = ""
    licence_text: str = ""
    licence_link: str = ""
    weight_digest: str = ""
    revision: str = ""
    task: str = ""
    modalities_in: tuple[str, ...] = ()
    modalities_out: tuple[str, ...] = ()
    params_b: float | None = None
    training_flops_log10: float | None = None
    downloads: int | None = None
    languages: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()
    access: str = ""
    released_date: dt.date | None = None
    has_model_card: bool | None = None
    human_oversight: bool | None = None
    card_url: str = ""
    parents: tuple[ParentDraft, ...] = ()
    evaluations: tuple[EvaluationDraft, ...] = ()

    def digest(self) -> str:
        """Return a digest that is equal for equal drafts."""
        return hashlib.sha256(repr(self).encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class RowRead:
    """One row: the line it began on, the name it goes by, and its draft or its faults."""

    line: int
    external_id: str
    draft: ListingDraft | None = None
    faults: tuple[Fault, ...] = ()
