"""A model card's metadata, as hubs write it."""

import math
from collections.abc import Mapping
from typing import Any

from apps.listings.readers.drafts import EvaluationDraft, ListingDraft, ParentDraft, RowRead
from apps.listings.readers.fields import Fields

SOURCE = "huggingface"
NOT_STATED = "Provider not stated"
RELATIONS = frozenset({"adapter", "merge", "quantized", "finetune"})
MOST_RESULTS = 200


def read_card(line: int, external_id: object, metadata: object) -> RowRead:
    """Read the metadata of one card; `external_id` is `owner/name`, of old cards the name alone."""
    fields = Fields(metadata if isinstance(metadata, Mapping) else {})
    name = Fields({"id": external_id})
    reference = name.text("id", needed=True)
    provider, _, title = reference.rpartition("/")
    if not isinstance(metadata, Mapping):
        fields.fault("metadata", "A mapping is needed.", "Give the card's front matter.")
    draft = _draft(reference, provider, title, fields)
    faults = tuple(name.faults + fields.faults)
    return RowRead(line, reference, None if faults else draft, faults)


def _draft(reference: str, provider: str, title: str, fields: Fields) -> ListingDraft:
    licence, link = _licence(fields)
    return ListingDraft(
        source=SOURCE,
        external_id=reference,
        name=title[:200],
        provider=provider or NOT_STATED,
        licence_text=licence,
        licence_link=link,
        task=fields.text("pipeline_tag", most=60),
        languages=fields.texts("language", most=40, lenient=True),
        tags=fields.texts("tags"),
        access="limited" if "extra_gated_prompt" in fields.row else "",
        has_model_card=True,
        card_url=f"https://huggingface.co/{reference}" if " " not in reference else "",
        parents=(*_bases(fields), *_datasets(fields)),
        evaluations=_evaluations(fields),
    )


def _licence(fields: Fields) -> tuple[str, str]:
    """Return the licence's name and link; `other` stands for the name written beside it."""
    names = fields.texts("license", lenient=True)
    name, link = fields.text("license_name"), fields.text("license_link", most=500)
    text = ", ".join(names)
    if text.casefold() == "other" and name:
        text = name
    return text[:300], link


def _bases(fields: Fields) -> list[ParentDraft]:
    relation = fields.choice("base_model_relation", RELATIONS)
    bases = fields.texts("base_model", most=300, lenient=True)
    return [
        ParentDraft(base, "weights", relation, "base_model of the model card") for base in bases
    ]


def _datasets(fields: Fields) -> list[ParentDraft]:
    names = fields.texts("datasets", most=300, lenient=True)
    return [ParentDraft(name, "data", "", "datasets of the model card") for name in names]


def _evaluations(fields: Fields) -> tuple[EvaluationDraft, ...]:
    """Read `model-index`: each metric of each result, the first of its kind and dataset."""
    index = fields.row.get("model-index")
    if index is None:
        return ()
    found: dict[tuple[str, str], EvaluationDraft] = {}
    for result in _list(fields, index, "results"):
        if not isinstance(result, Mapping):
            fields.fault("model-index", "Each result must be a mapping.")
            continue
        dataset = _dataset(result)
        for metric in _list(fields, [result], "metrics"):
            if draft := _metric(fields, metric, dataset):
                found.setdefault((draft.kind, draft.dataset), draft)
    if len(found) > MOST_RESULTS:
        fields.fault("model-index", f"More than {MOST_RESULTS} results are not read.")
    return tuple(found.values())


def _list(fields: Fields, owners: object, name: str) -> list[Any]:
    """Return the items of one list that stands in each of several mappings."""
    if not isinstance(owners, list):
        fields.fault("model-index", "A list is needed.")
        return []
    items: list[Any] = []
    for owner in owners:
        inner = owner.get(name) if isinstance(owner, Mapping) else None
        if not isinstance(inner, list):
            fields.fault("model-index", f"“{name}” must be a list.")
            continue
        items += inner
    return items


def _dataset(result: Mapping) -> str:
    dataset = result.get("dataset")
    name = dataset.get("type") or dataset.get("name") if isinstance(dataset, Mapping) else ""
    return name if isinstance(name, str) else ""


def _metric(fields: Fields, metric: object, dataset: str) -> EvaluationDraft | None:
    if not isinstance(metric, Mapping):
        fields.fault("model-index", "Each metric must be a mapping.")
        return None
    inner = Fields(metric)
    kind, value = inner.text("type", most=60, needed=True), metric.get("value")
    fields.faults += inner.faults
    if not kind or isinstance(value, bool) or not isinstance(value, int | float):
        return None  # A result in words ("state of the art") is no score.
    if not math.isfinite(value):
        fields.fault("model-index", f"The result of “{kind}” is endless.")
        return None
    return EvaluationDraft(kind, float(value), dataset[:200], None, "model card")
