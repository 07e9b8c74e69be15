"""The vocabulary of this portal: what is known of a listing version and of a request."""

from apps.policy.engine.types import (
    BOOL,
    DOUBLE,
    INT,
    STRING,
    TIMESTAMP,
    Field,
    Type,
    list_of,
    record,
)
from apps.policy.engine.vocabulary import Fact, vocabulary_of

# How a paraphrase names each fact: what a thing is, or for yes and no the statement itself.
LABELS = {
    "task": "the task",
    "licence": "the licence",
    "has_model_card": "a model card is published",
    "open_incidents": "the number of open incidents",
    "max_severity": "the highest severity among open incidents",
    "eval_toxicity": "the measured toxicity",
    "eval_bias_gap": "the measured bias gap",
    "eval_age_days": "the age of the newest evaluation",
    "eval_date": "the day of the newest evaluation",
    "train_flops_log10": "the training compute",
    "provider_verified": "the provider is verified",
    "human_oversight": "human oversight is declared",
    "params_b": "the number of parameters",
    "downloads": "the number of downloads",
    "tags": "the tags",
    "use_restrictions": "the uses that its licences forbid",
    "evals": "the evaluations",
    "provider_country": "the provider’s country",
    "use": "the use asked for",
    "jurisdiction": "the territory asked for",
    "commercial": "the use is commercial",
    "date": "the moment asked for",
}
EVALUATION = record(Field("kind", STRING), Field("score", DOUBLE))


def _fact(
    name: str, type_: Type, meaning: str, *, source: str = "card", example: str, unit: str = ""
) -> Fact:
    """Return a fact that every listing has."""
    return Fact(
        name=name,
        type=type_,
        meaning=meaning,
        source=source,
        example=example,
        unit=unit,
        label=LABELS[name],
        provenance=source != "request",
    )


def _maybe(
    name: str, type_: Type, meaning: str, *, source: str = "card", example: str, unit: str = ""
) -> Fact:
    """Return a fact that may be missing."""
    return Fact(
        name=name,
        type=type_,
        meaning=meaning,
        source=source,
        example=example,
        unit=unit,
        label=LABELS[name],
        optional=True,
        provenance=source != "request",
    )


LISTING = (
    _fact("task", STRING, "What the model does.", example='"text-generation"'),
    _maybe(
        "licence",
        STRING,
        "The licence, by its name in the licence register; missing where the licence is not known.",
        source="licence",
        example='"apache-2.0"',
    ),
    _fact("has_model_card", BOOL, "Whether a model card is published.", example="true"),
    _fact(
        "open_incidents",
        INT,
        "Open incidents of this version and its ancestors, counted from "
        "triaged or decided cases only.",
        source="cases",
        example="0",
    ),
    _maybe(
        "max_severity",
        INT,
        "The highest severity among its open incidents.",
        source="cases",
        unit="1 to 5",
        example="4",
    ),
    _maybe(
        "eval_toxicity",
        DOUBLE,
        "Share of toxic answers in the newest toxicity evaluation.",
        source="evaluation",
        unit="0 to 1",
        example="0.12",
    ),
    _maybe(
        "eval_bias_gap",
        DOUBLE,
        "Largest gap between groups in the newest bias evaluation.",
        source="evaluation",
        unit="0 to 1",
        example="0.04",
    ),
    _maybe(
        "eval_age_days",
        INT,
        "Age of the newest evaluation.",
        source="evaluation",
        unit="days",
        example="180",
    ),
    _maybe(
        "eval_date",
        TIMESTAMP,
        "Day of the newest evaluation, from midnight UTC.",
        source="evaluation",
        example='timestamp("2026-06-01T00:00:00Z")',
    ),
    _maybe(
        "train_flops_log10",
        DOUBLE,
        "Training compute, as a power of ten.",
        unit="log10 FLOP",
        example="24.5",
    ),
    _fact(
        "provider_verified",
        BOOL,
        "Whether a company has proved that the provider is its own.",
        source="claim",
        example="true",
    ),
    _maybe(
        "human_oversight",
        BOOL,
        "Whether the provider declares measures of human oversight.",
        example="true",
    ),
    _maybe("params_b", DOUBLE, "Parameters.", unit="thousand millions", example="7.0"),
    _fact(
        "downloads",
        INT,
        "Downloads, as last counted by the source.",
        source="count",
        example="120000",
    ),
    _fact("tags", list_of(STRING), "Tags of the listing.", example='["nsfw"]'),
    _fact(
        "use_restrictions",
        list_of(STRING),
        "Uses that the licences of the model and of its ancestors forbid.",
        source="licence",
        example='["medical"]',
    ),
    _fact(
        "evals",
        list_of(EVALUATION),
        "All evaluations: kind and score.",
        source="evaluation",
        example='listing.evals.exists(e, e.kind == "redteam")',
    ),
    _fact(
        "provider_country",
        STRING,
        "The provider's country, ISO 3166-1; empty where unknown.",
        source="provider",
        example='"IN"',
    ),
)
REQUEST = (
    _fact(
        "use",
        STRING,
        "The use asked for, from the list of uses; general where none is named.",
        source="request",
        example='"medical"',
    ),
    _fact(
        "jurisdiction",
        STRING,
        "The territory asked for; * for everywhere.",
        source="request",
        example='"FR"',
    ),
    _fact("commercial", BOOL, "Whether the use is commercial.", source="request", example="true"),
    _fact(
        "date",
        TIMESTAMP,
        "The moment asked for, now where none is named.",
        source="request",
        example='timestamp("2026-11-23T00:00:00Z")',
    ),
)
VOCABULARY = vocabulary_of(1, LISTING, REQUEST)
