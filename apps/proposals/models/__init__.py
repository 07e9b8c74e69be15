"""Proposals, their texts, impacts and comments."""

from apps.proposals.models.commencements import Commencement, ImpactTolerance
from apps.proposals.models.comments import Comment
from apps.proposals.models.followers import Follower
from apps.proposals.models.minimums import ReviewMinimum
from apps.proposals.models.proposals import Proposal
from apps.proposals.models.revisions import Freeze, Impact, Revision

__all__ = [
    "Commencement",
    "Comment",
    "Follower",
    "Freeze",
    "Impact",
    "ImpactTolerance",
    "Proposal",
    "ReviewMinimum",
    "Revision",
]
