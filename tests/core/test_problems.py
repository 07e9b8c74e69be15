import io

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions, serializers
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.test import APIRequestFactory
from rest_framework.views import APIView

from apps.core.api.parsers import BoundedJSONParser
from apps.core.api.problems import MEDIA_TYPE
from apps.core.errors import (
    Conflict,
    DomainError,
    FieldFault,
    Invalid,
    MoveRefused,
    NotFound,
    NotPermitted,
    SecondFactorNeeded,
)


class Form(serializers.Serializer):
    age = serializers.IntegerField()
    tags = serializers.ListField(child=serializers.CharField(max_length=3))


def answer(raised: Exception | None = None, *, method: str = "post", permissions=(AllowAny,)):
    """What a view answers that raises an error, or reads a form."""

    class View(APIView):
        permission_classes = permissions
        authentication_classes = ()

        def post(self, request):
            if raised:
                raise raised
            Form(data=request.data).is_valid(raise_exception=True)

    request = getattr(APIRequestFactory(), method)("/x/", {"tags": ["good", "b"]}, format="json")
    response = View.as_view()(request)
    response.render()
    return response


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (DomainError("No."), 409, "refused"),
        (Invalid("No."), 400, "invalid"),
        (NotPermitted("No."), 403, "not-permitted"),
        (SecondFactorNeeded("No."), 403, "second-factor-needed"),
        (NotFound("No."), 404, "not-found"),
        (Conflict("No."), 409, "conflict"),
        (MoveRefused("No."), 409, "move-refused"),
        (Http404(), 404, "not-found"),
        (PermissionDenied(), 403, "not-permitted"),
        (RequestDataTooBig(), 413, "too-large"),
        (exceptions.NotAuthenticated(), 401, "not-signed-in"),
        (exceptions.ParseError(), 400, "invalid"),
        (exceptions.UnsupportedMediaType("text/csv"), 415, "media-type-not-read"),
        (exceptions.Throttled(30), 429, "too-many-requests"),
        (exceptions.NotAcceptable(), 406, "not-acceptable"),
    ],
)
def test_every_refusal_is_a_problem_document(error, status, code):
    response = answer(error)

    # Without an authenticator REST framework has no challenge to offer, and says 403.
    expected, code = (403, "not-permitted") if status == 401 else (status, code)
    assert response.status_code == expected
    assert response["Content-Type"] == MEDIA_TYPE
    assert response.data["status"] == expected
    assert response.data["type"] == (
        "/problems/not-permitted" if status == 401 else f"/problems/{code}"
    )
    assert response.data["title"]
    assert response.data["detail"]


def test_a_refusal_names_fields_reasons_and_remedies():
    error = Invalid(
        _("Two values clash."),
        remedy="Change one.",
        faults=[FieldFault("age", "Too young.", "Wait."), FieldFault("tags", "Too many.")],
    )

    assert answer(error).data == {
        "type": "/problems/invalid",
        "title": "What was sent is not valid.",
        "status": 400,
        "detail": "Two values clash.",
        "remedy": "Change one.",
        "errors": [
            {"field": "age", "reason": "Too young.", "remedy": "Wait."},
            {"field": "tags", "reason": "Too many.", "remedy": ""},
        ],
    }


def test_a_field_given_with_the_error_carries_its_reason():
    error = NotFound(field="listing")

    assert error.faults == [
        FieldFault("listing", NotFound.title, NotFound.remedy),
    ]
    assert str(error) == "There is nothing here."


def test_a_form_that_does_not_fit_names_each_field_by_its_path():
    response = answer()

    assert response.status_code == 400
    assert response.data["detail"] == "Some fields need another value."
    assert [(fault["field"], fault["reason"]) for fault in response.data["errors"]] == [
        ("age", "This field is required."),
        ("tags.0", "Ensure this field has no more than 3 characters."),
    ]


def test_json_nested_too_deeply_is_refused() -> None:
    with pytest.raises(exceptions.ParseError):
        BoundedJSONParser().parse(io.BytesIO(b"[" * 100_000))


def test_another_method_is_refused_and_the_allowed_ones_are_named():
    response = answer(method="put")

    assert (response.status_code, response.data["type"]) == (405, "/problems/method-not-allowed")
    assert response.data["title"] == "This address does not take this method."
    assert response["Allow"] == "POST, OPTIONS"


def test_a_throttled_answer_says_when_to_come_again():
    assert answer(exceptions.Throttled(30))["Retry-After"] == "30"


def test_nobody_signed_in_is_refused_where_a_view_asks_for_it():
    assert answer(permissions=(IsAuthenticated,)).data["type"] == "/problems/not-permitted"


def test_a_fault_of_ours_is_not_dressed_as_a_refusal():
    with pytest.raises(ZeroDivisionError):
        answer(ZeroDivisionError())
