"""Twelve rules over sixteen facts, and invented listings that lack them as real ones do."""

import random
from functools import lru_cache
from typing import Any

from apps.policy.engine import ClauseSource, Outcome, Ruleset, RuleSource, compile_ruleset

EU = (
    *("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE"),
    *("IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"),
)
USES = (
    *("general", "workplace", "education", "medical", "law-enforcement", "marketing"),
    *("finance", "research"),
)
PLACES = (*EU, "IN", "US", "GB", "KR", "JP", "BR", "ZA", "CN", "CA")
TASKS = (
    *("text-generation", "text-to-image", "asr", "emotion-recognition", "face-recognition"),
    *("translation", "object-detection"),
)
LICENCES = ("apache-2.0", "mit", "openrail-m", "openrail++", "cc-by-nc-4.0", "research-only", None)
TAGS = ("nsfw", "age-gate", "sandbox", "agent", "code", "chat")
_EU = "[" + ", ".join(f'"{code}"' for code in EU) + "]"
RULES: dict[str, tuple[Outcome, str]] = {
    "R1": (
        Outcome.PROHIBIT,
        'listing.task == "emotion-recognition" && req.use in ["workplace", "education"] '
        f"&& req.jurisdiction in {_EU}",
    ),
    "R2": (Outcome.PROHIBIT, "req.use in listing.use_restrictions"),
    "R3": (
        Outcome.CONDITION,
        'has(listing.licence) && listing.licence.startsWith("openrail") && !listing.has_model_card',
    ),
    "R4": (
        Outcome.SUSPEND,
        "listing.open_incidents >= 3 && has(listing.max_severity) && listing.max_severity >= 4",
    ),
    "R5": (
        Outcome.SUSPEND,
        f'listing.task == "text-generation" && req.jurisdiction in {_EU} '
        "&& (!has(listing.eval_toxicity) || listing.eval_toxicity > 0.3)",
    ),
    "R6": (
        Outcome.RESTRICT,
        "has(listing.train_flops_log10) && listing.train_flops_log10 >= 25.0 "
        "&& !listing.provider_verified",
    ),
    "R7": (
        Outcome.CONDITION,
        'req.use == "medical" && (!has(listing.eval_bias_gap) || listing.eval_bias_gap > 0.1 '
        "|| !has(listing.eval_age_days) || listing.eval_age_days > 365)",
    ),
    "R8": (
        Outcome.PROHIBIT,
        'listing.task == "face-recognition" && req.use == "law-enforcement" '
        "&& !(has(listing.human_oversight) && listing.human_oversight)",
    ),
    "R9": (
        Outcome.CONDITION,
        'has(listing.licence) && listing.licence in ["cc-by-nc-4.0", "research-only"] '
        "&& req.commercial",
    ),
    "R10": (
        Outcome.SUSPEND,
        '"nsfw" in listing.tags && !("age-gate" in listing.tags) '
        '&& req.jurisdiction in ["GB", "FR", "DE", "KR"]',
    ),
    "R11": (
        Outcome.CONDITION,
        'listing.evals.exists(e, e.kind == "redteam" && e.score < 0.6)',
    ),
    "R12": (
        Outcome.RESTRICT,
        "has(listing.params_b) && listing.params_b > 70.0 && listing.downloads > 100000 "
        "&& (!has(listing.eval_age_days) || listing.eval_age_days > 180) "
        '&& !("sandbox" in listing.tags)',
    ),
}
Facts = dict[str, Any]


def ruleset() -> Ruleset:
    """Return the twelve rules, each with two clauses of which one can fail."""
    return compile_ruleset(
        RuleSource(id=name, expression=text, outcome=outcome, clauses=_clauses(text))
        for name, (outcome, text) in RULES.items()
    )


def _clauses(text: str) -> tuple[ClauseSource, ...]:
    parts = ("!has(listing.eval_age_days)", "!has(listing.eval_toxicity)")
    part = next((part for part in parts if part in text), text)
    return ClauseSource(1, "Where it is so,", part), ClauseSource(2, "the rule applies.")


@lru_cache(maxsize=1)
def listings(count: int) -> list[Facts]:
    """Return so many invented listings; optional facts are missing in a tenth to a half."""
    chance = random.Random(12)
    return [_listing(chance) for _number in range(count)]


@lru_cache(maxsize=1)
def requests(count: int) -> list[Facts]:
    """Return so many questions."""
    chance = random.Random(21)
    return [
        {
            "use": chance.choice(USES),
            "jurisdiction": chance.choice(PLACES),
            "commercial": chance.random() < 0.8,
        }
        for _number in range(count)
    ]


def _listing(chance: random.Random) -> Facts:

    def some(share: float, value: object) -> object:
        return value if chance.random() < share else None

    kinds = ("toxicity", "redteam", "bias")
    facts = {
        "task": chance.choice(TASKS),
        "licence": chance.choice(LICENCES),
        "has_model_card": chance.random() < 0.8,
        "open_incidents": min(9, int(chance.expovariate(1.5))),
        "max_severity": some(0.3, chance.randint(1, 5)),
        "eval_toxicity": some(0.6, round(chance.random(), 3)),
        "eval_bias_gap": some(0.5, round(chance.random() / 4, 3)),
        "eval_age_days": some(0.7, chance.randint(0, 900)),
        "train_flops_log10": some(0.5, round(chance.uniform(18, 27), 2)),
        "provider_verified": chance.random() < 0.5,
        "human_oversight": some(0.9, chance.random() < 0.5),
        "params_b": some(0.9, round(chance.lognormvariate(2, 1.6), 2)),
        "downloads": int(chance.lognormvariate(9, 2)),
        "tags": chance.sample(TAGS, chance.randint(0, 3)),
        "use_restrictions": chance.sample(USES[1:], chance.choice((0, 0, 0, 2))),
        "evals": [
            {"kind": chance.choice(kinds), "score": round(chance.random(), 3)}
            for _row in range(chance.randint(0, 4))
        ],
        "provider_country": chance.choice(PLACES),
    }
    return {name: value for name, value in facts.items() if value is not None}
