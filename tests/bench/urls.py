"""The portal's addresses, and the plain views that a decision is measured against."""

from django.http import HttpRequest, JsonResponse
from django.urls import include, path
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.listings.models import Listing


def row_of(code: str) -> dict[str, str]:
    """Return one listing's name: what is read by a view that decides nothing."""
    return Listing.objects.values("code", "name", "state").get(code=code)


def plain(request: HttpRequest, code: str) -> JsonResponse:
    """Answer without the API's doorkeepers: nobody is counted, no token is looked for."""
    return JsonResponse(row_of(code))


class Peer(APIView):
    """Answer behind the same doorkeepers as a decision: its authentication and its throttle."""

    permission_classes = [AllowAny]
    schema = None

    def get(self, request: Request, code: str) -> Response:
        """Return one row."""
        return Response(row_of(code))


urlpatterns = [
    path("bench/plain/<str:code>", plain),
    path("bench/peer/<str:code>", Peer.as_view()),
    path("", include("config.urls")),
]
