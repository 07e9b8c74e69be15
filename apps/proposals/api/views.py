"""Reading proposals, and writing their texts."""

from drf_spectacular.utils import extend_schema
from rest_framework.permissions import SAFE_METHODS, AllowAny, BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.core.pagination import keyset_page
from apps.institutions.api import ScopedPermission, idempotent
from apps.institutions.auth import actor_of
from apps.institutions.scopes import Scope
from apps.policy.selectors import rule_by_code
from apps.proposals.api import serializers as shapes
from apps.proposals.selectors.proposals import moderation_counts, proposal_by_code, proposals
from apps.proposals.services import proposal_start, revision_add


class Proposals(APIView):
    """The proposals, and the beginning of new ones."""

    write_scope = Scope.PROPOSALS_WRITE

    def get_permissions(self) -> list[BasePermission]:
        """Let anyone read, and only those in who may write."""
        reading = self.request.method in SAFE_METHODS
        return [AllowAny()] if reading else [ScopedPermission()]

    @extend_schema(
        operation_id="proposals_list",
        tags=["proposals"],
        parameters=[shapes.ProposalsQuery],
        responses=shapes.ProposalsSerializer,
        auth=[],
    )
    def get(self, request: Request) -> Response:
        """Return the submitted proposals, the latest first."""
        query = shapes.ProposalsQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        asked = query.validated_data
        page = keyset_page(
            proposals(state=asked.get("state", "")),
            order=["-submitted_at", "-id"],
            after=asked["after"],
            size=asked["limit"],
        )
        shown = {"proposals": page.rows, "after": page.after, "comments": moderation_counts()}
        return Response(shapes.ProposalsSerializer(shown).data)

    @extend_schema(
        operation_id="proposal_start",
        tags=["proposals"],
        request=shapes.NewProposal,
        responses={201: shapes.ProposalSerializer},
    )
    @idempotent
    def post(self, request: Request) -> Response:
        """Begin a proposal; its draft is seen by its author alone until it is submitted."""
        asked = shapes.NewProposal(data=request.data)
        asked.is_valid(raise_exception=True)
        wanted = dict(asked.validated_data)
        proposal = proposal_start(
            actor=actor_of(request),
            kind=wanted["kind"],
            draft=asked.draft(),
            follows=rule_by_code(wanted["rule"]) if wanted["rule"] else None,
            origin_ref=wanted["origin_ref"],
            justification=wanted["justification"],
        )
        return shown(request, proposal.code, status=201)


class OneProposal(APIView):
    """One proposal."""

    permission_classes = [AllowAny]

    @extend_schema(
        operation_id="proposal_read",
        tags=["proposals"],
        responses=shapes.ProposalSerializer,
        auth=[],
    )
    def get(self, request: Request, code: str) -> Response:
        """Return a proposal with its texts, impacts and comments."""
        return shown(request, code)


class Revisions(APIView):
    """Another text of a proposal."""

    permission_classes = [ScopedPermission]
    write_scope = Scope.PROPOSALS_WRITE

    @extend_schema(
        operation_id="revision_add",
        tags=["proposals"],
        request=shapes.NewRevision,
        responses={201: shapes.ProposalSerializer},
    )
    @idempotent
    def post(self, request: Request, code: str) -> Response:
        """Write another text; one under review goes back to consultation."""
        asked = shapes.NewRevision(data=request.data)
        asked.is_valid(raise_exception=True)
        note = asked.validated_data["note"]
        justification = asked.validated_data["justification"]
        revision_add(
            actor=actor_of(request),
            proposal=proposal_by_code(code, actor_of(request)),
            draft=asked.draft(),
            note=note,
            justification=justification,
        )
        return shown(request, code, status=201)


def shown(request: Request, code: str, *, status: int = 200) -> Response:
    """Answer with a proposal as it stands."""
    proposal = proposal_by_code(code, actor_of(request))
    return Response(shapes.ProposalSerializer(proposal).data, status=status)
