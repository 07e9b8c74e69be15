"""A proposal from its draft to its rule."""

from apps.proposals.services.balloting import ballot_call, proposal_conclude, text_freeze
from apps.proposals.services.commencing import commencement_record, commencements_turn
from apps.proposals.services.comments import (
    appeal_decide,
    comment_post,
    comment_remove,
    removal_appeal,
)
from apps.proposals.services.drafting import proposal_start, proposal_submit, revision_add
from apps.proposals.services.follows import follow_begin, follow_end, follows_erase
from apps.proposals.services.steps import (
    consultation_open,
    proposal_withdraw,
    review_open,
    review_renew,
)
from apps.proposals.services.turning import proposals_remind, proposals_turn

__all__ = [
    "appeal_decide",
    "ballot_call",
    "commencement_record",
    "commencements_turn",
    "comment_post",
    "comment_remove",
    "consultation_open",
    "follow_begin",
    "follow_end",
    "follows_erase",
    "proposal_conclude",
    "proposal_start",
    "proposal_submit",
    "proposal_withdraw",
    "proposals_remind",
    "proposals_turn",
    "removal_appeal",
    "review_open",
    "review_renew",
    "revision_add",
    "text_freeze",
]
