"""Following a proposal."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from apps.institutions.auth import actor_of
from apps.proposals import services
from apps.proposals.api.steps import Step


class Following(Step):
    """Following one proposal."""

    @extend_schema(
        operation_id="proposal_follow_begin",
        tags=["proposals"],
        request=None,
        responses={204: None},
    )
    def put(self, request: Request, code: str) -> Response:
        """Follow a proposal."""
        services.follow_begin(actor=actor_of(request), proposal=self.proposal(code))
        return Response(status=204)

    @extend_schema(operation_id="proposal_follow_end", tags=["proposals"], responses={204: None})
    def delete(self, request: Request, code: str) -> Response:
        """Follow a proposal no more."""
        services.follow_end(actor=actor_of(request), proposal=self.proposal(code))
        return Response(status=204)
