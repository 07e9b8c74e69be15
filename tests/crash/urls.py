"""The portal's addresses, and one that turns a thing."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from apps.core.actor import ANONYMOUS
from tests.crash.services import GivenUp, thing_turn


@csrf_exempt
def turn(request: HttpRequest, number: int, token: str) -> HttpResponse:
    """Turn a thing; the answer 201 promises that it will never be lost."""
    try:
        thing_turn(actor=ANONYMOUS, number=number, token=token)
    except GivenUp:
        return HttpResponse(status=409)
    return HttpResponse(status=201)


urlpatterns = [
    path("crash/<int:number>/<str:token>", turn),
    path("", include("config.urls")),
]
