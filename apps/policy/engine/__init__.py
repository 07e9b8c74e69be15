"""Rule CEL: a small, total, typed, strict subset of the Common Expression Language."""

from apps.policy.engine.outcomes import Mode, Outcome

__all__ = ["Mode", "Outcome"]
