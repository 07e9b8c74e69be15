"""Reading one's inbox from a program, and marking what was read."""

import uuid

from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.core.errors import NotPermitted
from apps.institutions.api import ScopedPermission, idempotent
from apps.institutions.auth import actor_of
from apps.institutions.scopes import Scope
from apps.notices.api import serializers as shapes
from apps.notices.selectors import inbox, told, unread_count
from apps.notices.services import notice_read


@method_decorator(never_cache, name="dispatch")
class Notices(APIView):
    """The inbox of the person behind the request."""

    permission_classes: list[type[BasePermission]] = [ScopedPermission]
    read_scope = Scope.NOTICES_READ

    @extend_schema(
        operation_id="notices_list",
        tags=["notices"],
        parameters=[shapes.NoticesQuery],
        responses=shapes.NoticesSerializer,
    )
    def get(self, request: Request) -> Response:
        """Return your notices, the newest first."""
        query = shapes.NoticesQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        asked, person = query.validated_data, _person(request)
        page = inbox(person, unread=asked["unread"], after=asked["after"], size=asked["limit"])
        shown = {
            "notices": told(page.rows),
            "unread": unread_count(person),
            "after": page.after,
        }
        return Response(shapes.NoticesSerializer(shown).data)


class Reading(APIView):
    """The mark that a notice was read."""

    permission_classes: list[type[BasePermission]] = [ScopedPermission]
    write_scope = Scope.NOTICES_WRITE

    @extend_schema(
        operation_id="notice_read",
        tags=["notices"],
        request=None,
        responses=shapes.NoticeSerializer,
    )
    @idempotent
    def post(self, request: Request, notice: uuid.UUID) -> Response:
        """Mark one of your notices as read; doing so again keeps the first moment."""
        found = notice_read(actor=actor_of(request), notice_id=notice)
        return Response(shapes.NoticeSerializer(told([found])[0]).data)


def _person(request: Request) -> uuid.UUID:
    person = actor_of(request).person
    if person is None:
        raise NotPermitted
    return person
