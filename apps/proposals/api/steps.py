"""A proposal's steps, and its comments."""

import uuid

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.institutions.api import ScopedPermission, idempotent
from apps.institutions.auth import actor_of
from apps.institutions.scopes import Scope
from apps.proposals import services
from apps.proposals.api import serializers as shapes
from apps.proposals.api.views import shown
from apps.proposals.models import Comment, Proposal
from apps.proposals.selectors.proposals import comment_by_id, proposal_by_code


class Step(APIView):
    """One step of a proposal."""

    permission_classes = [ScopedPermission]
    write_scope = Scope.PROPOSALS_WRITE

    def proposal(self, code: str) -> Proposal:
        """Return the proposal that the actor may read."""
        return proposal_by_code(code, actor_of(self.request))

    def comment(self, code: str, comment: uuid.UUID) -> Comment:
        """Return one of its comments."""
        return comment_by_id(self.proposal(code), comment)


def step(name: str, request: type | None = None):  # type: ignore[no-untyped-def]
    """Describe a step in the schema."""
    return extend_schema(
        operation_id=name,
        tags=["proposals"],
        request=request,
        responses=shapes.ProposalSerializer,
    )


class Submit(Step):
    """The author makes it public."""

    @step("proposal_submit")
    @idempotent
    def post(self, request: Request, code: str) -> Response:
        """Submit a draft; its impact is worked out, and what does not compile is refused."""
        services.proposal_submit(actor=actor_of(request), proposal=self.proposal(code))
        return shown(request, code)


class Consultation(Step):
    """A clerk opens it for comments."""

    @step("consultation_open")
    @idempotent
    def post(self, request: Request, code: str) -> Response:
        """Open the consultation."""
        services.consultation_open(actor=actor_of(request), proposal=self.proposal(code))
        return shown(request, code)


class OpenReview(Step):
    """The consultation is over, and reviewers begin."""

    @step("proposal_review")
    @idempotent
    def post(self, request: Request, code: str) -> Response:
        """Open the review round once the consultation's time is over; anyone may."""
        services.review_open(actor=actor_of(request), proposal=self.proposal(code))
        return shown(request, code)


class AnotherReview(Step):
    """The round ended with too few verdicts."""

    @step("proposal_review_again")
    @idempotent
    def post(self, request: Request, code: str) -> Response:
        """Open another review round on the same text; for its author or a clerk."""
        services.review_renew(actor=actor_of(request), proposal=self.proposal(code))
        return shown(request, code)


class FreezeText(Step):
    """The reviewed text is frozen."""

    @step("text_freeze")
    @idempotent
    def post(self, request: Request, code: str) -> Response:
        """Freeze the text with the impact that goes to the vote."""
        services.text_freeze(actor=actor_of(request), proposal=self.proposal(code))
        return shown(request, code)


class CallBallot(Step):
    """A clerk calls the chambers."""

    @step("ballot_call")
    @idempotent
    def post(self, request: Request, code: str) -> Response:
        """Call the three chambers to vote on the frozen text."""
        services.ballot_call(actor=actor_of(request), proposal=self.proposal(code))
        return shown(request, code)


class Withdrawal(Step):
    """The author takes it back."""

    @step("proposal_withdraw", shapes.Reasoned)
    @idempotent
    def post(self, request: Request, code: str) -> Response:
        """Withdraw a proposal before the ballot is called."""
        asked = shapes.Reasoned(data=request.data)
        asked.is_valid(raise_exception=True)
        services.proposal_withdraw(
            actor=actor_of(request), proposal=self.proposal(code), **asked.validated_data
        )
        return shown(request, code)


class Comments(Step):
    """Comments on the text."""

    @step("comment_post", shapes.NewComment)
    @idempotent
    def post(self, request: Request, code: str) -> Response:
        """Comment while the consultation lasts."""
        asked = shapes.NewComment(data=request.data)
        asked.is_valid(raise_exception=True)
        services.comment_post(
            actor=actor_of(request), proposal=self.proposal(code), **asked.validated_data
        )
        return shown(request, code)


class Removal(Step):
    """A clerk hides a comment."""

    @step("comment_remove", shapes.Reasoned)
    @idempotent
    def post(self, request: Request, code: str, comment: uuid.UUID) -> Response:
        """Remove a comment that breaks the published rules."""
        asked = shapes.Reasoned(data=request.data)
        asked.is_valid(raise_exception=True)
        found = self.comment(code, comment)
        services.comment_remove(actor=actor_of(request), comment=found, **asked.validated_data)
        return shown(request, code)


class Appeal(Step):
    """Who wrote a removed comment appeals."""

    @step("removal_appeal", shapes.Reasoned)
    @idempotent
    def post(self, request: Request, code: str, comment: uuid.UUID) -> Response:
        """Ask for one's comment to be shown again."""
        asked = shapes.Reasoned(data=request.data)
        asked.is_valid(raise_exception=True)
        found = self.comment(code, comment)
        services.removal_appeal(actor=actor_of(request), comment=found, **asked.validated_data)
        return shown(request, code)


class AppealDecision(Step):
    """A chair decides an appeal."""

    @step("appeal_decide", shapes.AppealAnswer)
    @idempotent
    def post(self, request: Request, code: str, comment: uuid.UUID) -> Response:
        """Show a comment again, or leave it hidden."""
        asked = shapes.AppealAnswer(data=request.data)
        asked.is_valid(raise_exception=True)
        found = self.comment(code, comment)
        services.appeal_decide(actor=actor_of(request), comment=found, **asked.validated_data)
        return shown(request, code)
