"""The portal's addresses, and the plain view it is measured against."""

from django.http import HttpRequest, JsonResponse
from django.urls import include, path

from apps.listings.models import Listing


def plain(request: HttpRequest, code: str) -> JsonResponse:
    """Return one listing's name: what a view costs that decides nothing."""
    row = Listing.objects.values("code", "name", "state").get(code=code)
    return JsonResponse(row)


urlpatterns = [path("bench/<str:code>", plain), path("", include("config.urls"))]
