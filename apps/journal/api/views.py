"""The public feed of acts."""

from django.utils.decorators import method_decorator
from django.views.decorators.http import conditional_page
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.journal.api.serializers import LARGEST_SEQ, ActSerializer, FeedQuery, FeedSerializer
from apps.journal.selectors import act_at, acts_after, position


@method_decorator(conditional_page, name="dispatch")
class Acts(APIView):
    """The journal in order, by position; a reader that keeps `after` misses nothing."""

    permission_classes = [AllowAny]

    @extend_schema(
        operation_id="acts_list", tags=["journal"], parameters=[FeedQuery], responses=FeedSerializer
    )
    def get(self, request: Request) -> Response:
        """Return the acts after a position, oldest first."""
        query = FeedQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        after, limit = query.validated_data["after"], query.validated_data["limit"]
        found = acts_after(after, limit=limit)
        feed = {
            "acts": found,
            "after": found[-1].seq if found else after,
            "position": position(),
        }
        return Response(FeedSerializer(feed).data)


@method_decorator(conditional_page, name="dispatch")
class OneAct(APIView):
    """One act, as the public sees it."""

    permission_classes = [AllowAny]

    @extend_schema(operation_id="act_read", tags=["journal"], responses=ActSerializer)
    def get(self, request: Request, seq: int) -> Response:
        """Return the act at a position."""
        return Response(ActSerializer(act_at(min(seq, LARGEST_SEQ))).data)
