"""Proposals as JSON, in and out."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.core.pagination import LARGEST
from apps.policy.api.drafts import NewRule
from apps.policy.selectors import said
from apps.policy.services import draft_of
from apps.policy.states import StatuteKind
from apps.proposals.models import Commencement, Comment, Freeze, Impact, Proposal, Revision
from apps.proposals.selectors.proposals import comments_on
from apps.proposals.states import SHOWN, ProposalState

PROPOSABLE = [(kind.value, kind.label) for kind in (StatuteKind.POLICY, StatuteKind.CODE)]


class NewProposal(NewRule):
    """A rule to propose; with `rule` it would be the next version of that one."""

    kind = serializers.ChoiceField(choices=PROPOSABLE, default=StatuteKind.POLICY)
    origin_ref = serializers.CharField(max_length=40, default="", allow_blank=True)
    justification = serializers.CharField(max_length=5_000, default="", allow_blank=True)

    def draft(self) -> Any:
        """Return the text alone."""
        for name in ("kind", "origin_ref", "justification", "note"):
            self.validated_data.pop(name, None)
        return super().draft()


class NewRevision(NewProposal):
    """Another text, whole; `rule`, `kind` and `origin_ref` stay as they are.

    Without `justification` the one before stays too.
    """

    justification = serializers.CharField(
        max_length=5_000, default=None, allow_null=True, allow_blank=True
    )
    note = serializers.CharField(max_length=500, default="", allow_blank=True)


class NewComment(serializers.Serializer):
    """A comment on the whole text, or on one clause."""

    text = serializers.CharField(max_length=5_000)
    clause = serializers.IntegerField(min_value=1, max_value=1000, default=None, allow_null=True)


class Reasoned(serializers.Serializer):
    """A public reason."""

    reason = serializers.CharField(max_length=500)


class AppealAnswer(Reasoned):
    """What a chair decides of a removed comment."""

    restore = serializers.BooleanField()


class ImpactSerializer(serializers.ModelSerializer):
    """What a text would change."""

    class Meta:
        model = Impact
        fields = [
            *("occasion", "listings", "enforced", "would_be", "changed", "document"),
            *("ruleset", "snapshot", "digest", "computed_at"),
        ]
        read_only_fields = fields


class RevisionSerializer(serializers.ModelSerializer):
    """One text with its impacts."""

    impacts = ImpactSerializer(many=True)
    paraphrase = serializers.SerializerMethodField()

    class Meta:
        model = Revision
        fields = [
            *("number", "document", "text_hash", "note", "justification", "written_at"),
            *("impacts", "paraphrase"),
        ]
        read_only_fields = fields

    @extend_schema_field(
        serializers.CharField(help_text="The expression in plain words, made from it alone.")
    )
    def get_paraphrase(self, revision: Revision) -> str:
        """Return what the expression of a text says; empty where it cannot be read."""
        draft = draft_of(revision.document)
        found = said(draft.expression, draft.parameters)
        return found.sentence if found else ""


class CommentSerializer(serializers.ModelSerializer):
    """One comment; the words of a removed one are empty."""

    revision = serializers.IntegerField(source="revision.number")
    text = serializers.SerializerMethodField()

    class Meta:
        model = Comment
        fields = [
            *("id", "revision", "clause", "text", "state", "posted_at", "removal", "appeal"),
            "decision",
        ]
        read_only_fields = fields

    def get_text(self, comment: Comment) -> str:
        """Return what may be shown."""
        return comment.text if comment.state in SHOWN else ""


class FreezeSerializer(serializers.ModelSerializer):
    """What goes to the vote, by its hashes."""

    class Meta:
        model = Freeze
        fields = ["text_hash", "snapshot_hash", "impact_hash", "digest", "frozen_at"]
        read_only_fields = fields


class CommencementSerializer(serializers.ModelSerializer):
    """What the rule changed as it began, held against what was frozen."""

    impact_hash = serializers.CharField(source="impact.digest")

    class Meta:
        model = Commencement
        fields = ["began_at", "impact_hash", "appeared", "vanished", "allowed", "beyond"]
        read_only_fields = fields


class ProposalHeadSerializer(serializers.ModelSerializer):
    """One proposal in a list."""

    follows = serializers.CharField(source="follows.code", default="")
    ballot = serializers.CharField(source="ballot.code", default="")
    review = serializers.UUIDField(source="round_id", allow_null=True)
    rule = serializers.CharField(source="enacted.rule.code", default="")

    class Meta:
        model = Proposal
        fields = [
            *("code", "kind", "title", "state", "origin_ref", "follows", "review"),
            *("ballot", "rule", "due_at", "submitted_at", "consulted_at", "concluded_at"),
            "reason",
        ]
        read_only_fields = fields


class ProposalSerializer(ProposalHeadSerializer):
    """One proposal, whole."""

    revisions = serializers.SerializerMethodField()
    freeze = FreezeSerializer(default=None, allow_null=True)
    commencement = CommencementSerializer(default=None, allow_null=True)
    comments = serializers.SerializerMethodField()

    class Meta(ProposalHeadSerializer.Meta):
        fields = [
            *ProposalHeadSerializer.Meta.fields,
            "revisions",
            "freeze",
            "commencement",
            "comments",
        ]
        read_only_fields = fields

    def get_revisions(self, proposal: Proposal) -> list[dict[str, Any]]:
        """Return every text, the first one first."""
        rows = proposal.revisions.order_by("number").prefetch_related("impacts")
        return list(RevisionSerializer(rows, many=True).data)

    def get_comments(self, proposal: Proposal) -> list[dict[str, Any]]:
        """Return the first thousand comments."""
        return list(CommentSerializer(comments_on(proposal)[:LARGEST], many=True).data)


class ProposalsQuery(serializers.Serializer):
    """Which proposals, and which stretch of them."""

    state = serializers.ChoiceField(choices=ProposalState.choices, required=False)
    after = serializers.CharField(max_length=400, required=False, default="", allow_blank=True)
    limit = serializers.IntegerField(min_value=1, max_value=LARGEST, default=50)


class ProposalsSerializer(serializers.Serializer):
    """One page of proposals, the latest first."""

    proposals = ProposalHeadSerializer(many=True)
    after = serializers.CharField(allow_blank=True, help_text="Give this as `after` to go on.")
    comments = serializers.DictField(
        child=serializers.IntegerField(), help_text="All comments ever, by their state."
    )
