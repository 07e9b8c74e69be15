"""Twelve rules of many kinds: effect, places and condition."""

from apps.policy.engine import Outcome

EU = frozenset({"AT", "BE", "DE", "ES", "FI", "FR", "GR", "IE", "IT", "NL", "PL", "PT", "SE"})
FORGOTTEN = (
    "!has(listing.eval_bias_gap) || listing.eval_bias_gap > 0.1 || !has(listing.eval_age_days)"
)
STALE = "(!has(listing.eval_age_days) || listing.eval_age_days > 180)"
RULES: dict[str, tuple[Outcome, frozenset[str], str]] = {
    "R1": (
        Outcome.PROHIBIT,
        EU,
        'listing.task == "emotion-recognition" && req.use in ["workplace", "education"]',
    ),
    "R2": (Outcome.PROHIBIT, frozenset(), "req.use in listing.use_restrictions"),
    "R3": (
        Outcome.CONDITION,
        frozenset(),
        'has(listing.licence) && listing.licence.startsWith("openrail") && !listing.has_model_card',
    ),
    "R4": (
        Outcome.SUSPEND,
        frozenset(),
        "listing.open_incidents >= 3 && has(listing.max_severity) && listing.max_severity >= 4",
    ),
    "R5": (
        Outcome.SUSPEND,
        EU,
        'listing.task == "text-generation" '
        "&& (!has(listing.eval_toxicity) || listing.eval_toxicity > 0.3)",
    ),
    "R6": (
        Outcome.RESTRICT,
        frozenset(),
        "has(listing.train_flops_log10) && listing.train_flops_log10 >= 25.0 "
        "&& !listing.provider_verified",
    ),
    "R7": (
        Outcome.CONDITION,
        frozenset(),
        f'req.use == "medical" && ({FORGOTTEN} || listing.eval_age_days > 365)',
    ),
    "R8": (
        Outcome.PROHIBIT,
        frozenset(),
        'listing.task == "face-recognition" && req.use == "law-enforcement" '
        "&& !(has(listing.human_oversight) && listing.human_oversight)",
    ),
    "R9": (
        Outcome.CONDITION,
        frozenset(),
        'has(listing.licence) && listing.licence in ["cc-by-nc-4.0", "llama2"] && req.commercial',
    ),
    "R10": (
        Outcome.SUSPEND,
        frozenset({"GB", "FR", "DE", "KR"}),
        '"nsfw" in listing.tags && !("age-gate" in listing.tags)',
    ),
    "R11": (
        Outcome.CONDITION,
        frozenset(),
        'listing.evals.exists(e, e.kind == "redteam" && e.score < 0.1)',
    ),
    "R12": (
        Outcome.RESTRICT,
        frozenset(),
        "has(listing.params_b) && listing.params_b > 70.0 && listing.downloads > 100000 "
        f'&& {STALE} && !("agent" in listing.tags)',
    ),
}
