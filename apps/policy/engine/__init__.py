"""Rule CEL: a small, total, typed, strict subset of the Common Expression Language.

A rule is read once into a typed tree. Three back ends answer from it alike: a Python closure for
decisions, PostgreSQL for many listings at once, and a tree walk that explains.
"""

from apps.policy.engine.errors import RuleError
from apps.policy.engine.facts import VOCABULARY
from apps.policy.engine.outcomes import Mode, Outcome
from apps.policy.engine.rule import CompiledRule, compile_part, compile_rule
from apps.policy.engine.vocabulary import Fact, Vocabulary
from apps.policy.engine.walk import Step

__all__ = [
    "VOCABULARY",
    "CompiledRule",
    "Fact",
    "Mode",
    "Outcome",
    "RuleError",
    "Step",
    "Vocabulary",
    "compile_part",
    "compile_rule",
]
