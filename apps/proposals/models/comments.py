"""Comments on a text, and what became of them."""

from django.db import models
from django.db.models import F, Q

from apps.core.ids import uuid7
from apps.institutions.models import User
from apps.proposals.models.revisions import Revision
from apps.proposals.states import COMMENT, CommentState


class Comment(models.Model):
    """What someone says of a text, or of one clause of it.

    A removed one stays, with the public reason; its words are hidden.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="comments")
    clause = models.PositiveSmallIntegerField(null=True)
    author = models.ForeignKey(User, models.PROTECT, related_name="proposal_comments")
    text = models.TextField()
    state = models.CharField(max_length=10, choices=CommentState, default=CommentState.POSTED)
    posted_at = models.DateTimeField()
    remover = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    removal = models.CharField(max_length=500, blank=True)
    appeal = models.CharField(max_length=500, blank=True)
    decider = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decision = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            COMMENT.constraint("proposals_comment_state"),
            models.CheckConstraint(
                name="proposals_removal_has_reason",
                condition=Q(state=CommentState.POSTED)
                | (~Q(removal="") & Q(remover__isnull=False)),
            ),
            models.CheckConstraint(
                name="proposals_appeal_decided_by_another",
                condition=Q(decider__isnull=True) | ~Q(decider=F("remover")),
            ),
        ]
        indexes = [
            models.Index(fields=["revision", "posted_at", "id"], name="proposals_comments_of"),
            models.Index(fields=["state", "posted_at", "id"], name="proposals_comments_state"),
        ]

    def __str__(self) -> str:
        return f"comment {self.id}"
