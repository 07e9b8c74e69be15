"""Reading the rule register."""

from apps.policy.selectors.divergences import (
    divergence_by_code,
    divergences_kept,
    divergences_of,
    stay_by_code,
    stay_on,
    stays_of,
)
from apps.policy.selectors.owed import rules_owed
from apps.policy.selectors.paraphrases import clauses_said, said
from apps.policy.selectors.registers import (
    gazette,
    gazette_found,
    parameters_of,
    rule_by_code,
    rules_in_force,
    source_of,
    version_before,
    version_by_number,
)
from apps.policy.selectors.rulesets import (
    RulesetMark,
    ruleset,
    ruleset_at,
    ruleset_numbered,
    ruleset_of,
    ruleset_version,
)
from apps.policy.selectors.templates import rule_template, rule_templates
from apps.policy.selectors.words import (
    shipped_vocabulary,
    use_slugs,
    uses,
    vocabulary,
    vocabulary_of_rule,
)

__all__ = [
    "RulesetMark",
    "clauses_said",
    "divergence_by_code",
    "divergences_kept",
    "divergences_of",
    "gazette",
    "gazette_found",
    "parameters_of",
    "rule_by_code",
    "rule_template",
    "rule_templates",
    "rules_in_force",
    "rules_owed",
    "ruleset",
    "ruleset_at",
    "ruleset_numbered",
    "ruleset_of",
    "ruleset_version",
    "said",
    "shipped_vocabulary",
    "source_of",
    "stay_by_code",
    "stay_on",
    "stays_of",
    "use_slugs",
    "uses",
    "version_before",
    "version_by_number",
    "vocabulary",
    "vocabulary_of_rule",
]
