"""Rule CEL: a small, total, typed, strict subset of the Common Expression Language.

A rule is read once into a typed tree. Three back ends answer from it alike: a Python closure for
decisions, PostgreSQL for many listings at once, and a tree walk that explains.
"""

from apps.policy.engine.errors import RuleError
from apps.policy.engine.facts import VOCABULARY
from apps.policy.engine.outcomes import Mode, Outcome
from apps.policy.engine.rule import CompiledRule, compile_part, compile_rule
from apps.policy.engine.ruleset import Citation, Ruleset, Verdict, compile_ruleset
from apps.policy.engine.sources import HOME, ClauseSource, RuleSource, rule_source
from apps.policy.engine.values import type_of, types_of, value_of
from apps.policy.engine.vocabulary import Fact, Vocabulary
from apps.policy.engine.walk import Step

__all__ = [
    "HOME",
    "VOCABULARY",
    "Citation",
    "ClauseSource",
    "CompiledRule",
    "Fact",
    "Mode",
    "Outcome",
    "RuleError",
    "RuleSource",
    "Ruleset",
    "Step",
    "Verdict",
    "Vocabulary",
    "compile_part",
    "compile_rule",
    "compile_ruleset",
    "rule_source",
    "type_of",
    "types_of",
    "value_of",
]
