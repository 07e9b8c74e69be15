"""Who wants to hear of a proposal."""

from django.db import models

from apps.core.ids import uuid7
from apps.institutions.models import User
from apps.proposals.models.proposals import Proposal


class Follower(models.Model):
    """A person wants to hear of a proposal. This is theirs alone, no governance, and no act."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="followers")
    user = models.ForeignKey(User, models.CASCADE, related_name="followed_proposals")
    since_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "proposal"], name="proposals_follower_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} follows {self.proposal_id}"
