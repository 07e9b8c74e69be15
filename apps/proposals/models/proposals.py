"""One proposal from its draft to its rule."""

from django.db import models
from django.db.models import Q

from apps.clocks.models import DeadlineRule
from apps.core.ids import uuid7
from apps.institutions.models import User
from apps.policy.models import Rule, RuleVersion
from apps.policy.states import StatuteKind
from apps.proposals.states import PROPOSAL, ProposalState
from apps.reviews.models import ReviewRound
from apps.voting.models import Ballot


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Sentences about proposals."""

    def public(self) -> "ProposalQuerySet":
        """Return those that have been submitted."""
        return self.filter(submitted_at__isnull=False)


class Proposal(models.Model):
    """A rule that someone proposes, and how far it has come.

    `follows` is the rule of which it would be the next version. The present step lasts
    until `due_at` under `deadline`: the consultation, or the time in which someone must move on.
    `consulted_at` is when its latest consultation opened.
    """

    objects = ProposalQuerySet.as_manager()

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=20, unique=True)
    kind = models.TextField(choices=StatuteKind.choices)
    title = models.CharField(max_length=200)
    author = models.ForeignKey(User, models.PROTECT, related_name="proposals")
    follows = models.ForeignKey(Rule, models.PROTECT, null=True, related_name="proposals")
    origin_ref = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=16, choices=ProposalState, default=ProposalState.DRAFT)
    deadline = models.ForeignKey(DeadlineRule, models.PROTECT, null=True, related_name="+")
    due_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    round = models.OneToOneField(ReviewRound, models.PROTECT, null=True, related_name="+")
    ballot = models.OneToOneField(Ballot, models.PROTECT, null=True, related_name="proposal")
    enacted = models.OneToOneField(RuleVersion, models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    consulted_at = models.DateTimeField(null=True)
    concluded_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            PROPOSAL.constraint("proposals_proposal_state"),
            models.CheckConstraint(
                name="proposals_proposal_kind",
                condition=Q(kind__in=[StatuteKind.POLICY, StatuteKind.CODE]),
            ),
            models.CheckConstraint(
                name="proposals_adopted_is_a_rule",
                condition=Q(state=ProposalState.ADOPTED, enacted__isnull=False)
                | (~Q(state=ProposalState.ADOPTED) & Q(enacted__isnull=True)),
            ),
            models.CheckConstraint(
                name="proposals_balloting_has_a_ballot",
                condition=~Q(state=ProposalState.BALLOTING) | Q(ballot__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], name="proposals_due"),
            models.Index(fields=["-submitted_at", "-id"], name="proposals_by_submission"),
            models.Index(fields=["state", "-submitted_at", "-id"], name="proposals_by_state"),
            models.Index(fields=["author", "-started_at", "-id"], name="proposals_by_author"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"
