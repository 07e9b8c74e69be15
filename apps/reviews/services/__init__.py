"""Opening and closing rounds, asking reviewers, and their verdicts."""

from apps.reviews.services.answering import (
    assignment_accept,
    assignment_decline,
    verdict_give,
)
from apps.reviews.services.conducting import reviewer_ask, round_end
from apps.reviews.services.convening import reviewer_assign, round_close, round_open
from apps.reviews.services.turning import reviews_turn

__all__ = [
    "assignment_accept",
    "assignment_decline",
    "reviewer_ask",
    "reviewer_assign",
    "reviews_turn",
    "round_close",
    "round_end",
    "round_open",
    "verdict_give",
]
