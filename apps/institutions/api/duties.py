"""The duty roster over the API: for regulators to see, for administrators and clerks to keep."""

import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.core.pagination import LARGEST, keyset_page
from apps.institutions.api.idempotency import idempotent
from apps.institutions.api.scoping import ScopedPermission
from apps.institutions.auth import actor_of
from apps.institutions.models import DutyShift
from apps.institutions.permissions import can_see_roster, refusal
from apps.institutions.scopes import Scope
from apps.institutions.selectors.desk import person_by_address
from apps.institutions.selectors.duties import roster, shift_by_id
from apps.institutions.services import shift_end, shift_enter


class ShiftSerializer(serializers.ModelSerializer):
    """One shift, and who is on duty."""

    person = serializers.UUIDField(source="user_id")
    name = serializers.CharField(source="user.name")

    class Meta:
        model = DutyShift
        fields = ["id", "person", "name", "jurisdiction", "from_at", "until_at"]
        read_only_fields = fields


class RosterQuery(serializers.Serializer):
    """Which stretch of the roster."""

    after = serializers.CharField(max_length=400, required=False, default="", allow_blank=True)
    limit = serializers.IntegerField(min_value=1, max_value=LARGEST, default=50)


class RosterSerializer(serializers.Serializer):
    """One page of the roster, the first to begin first."""

    shifts = ShiftSerializer(many=True)
    after = serializers.CharField(allow_blank=True, help_text="Give this as `after` to go on.")


class NewShift(serializers.Serializer):
    """A shift to be entered."""

    email = serializers.EmailField(help_text="Address of the regulator's account.")
    jurisdiction = serializers.CharField(max_length=8, help_text="`*` is everywhere.")
    from_at = serializers.DateTimeField(help_text="Not before now; an earlier moment becomes now.")
    until_at = serializers.DateTimeField()


class DutyShifts(APIView):
    """The roster."""

    permission_classes = [ScopedPermission]
    read_scope = Scope.INSTITUTIONS_READ
    write_scope = Scope.DUTIES_WRITE

    @extend_schema(
        operation_id="duty_shifts_list",
        tags=["institutions"],
        parameters=[RosterQuery],
        responses=RosterSerializer,
    )
    def get(self, request: Request) -> Response:
        """Return the shifts that run or come."""
        actor = actor_of(request)
        if not can_see_roster(actor):
            raise refusal(actor)
        query = RosterQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        asked: dict[str, Any] = query.validated_data
        page = keyset_page(
            roster(), order=["from_at", "id"], after=asked["after"], size=asked["limit"]
        )
        return Response(RosterSerializer({"shifts": page.rows, "after": page.after}).data)

    @extend_schema(
        operation_id="duty_shift_enter",
        tags=["institutions"],
        request=NewShift,
        responses={201: ShiftSerializer},
    )
    @idempotent
    def post(self, request: Request) -> Response:
        """Put a regulator on duty, from now on or later."""
        asked = NewShift(data=request.data)
        asked.is_valid(raise_exception=True)
        wanted = asked.validated_data
        shift = shift_enter(
            actor=actor_of(request),
            user=person_by_address(wanted["email"]),
            place=wanted["jurisdiction"],
            from_at=wanted["from_at"],
            until_at=wanted["until_at"],
        )
        return Response(ShiftSerializer(shift).data, status=201)


class DutyShiftEnd(APIView):
    """The end of one shift."""

    permission_classes = [ScopedPermission]
    write_scope = Scope.DUTIES_WRITE

    @extend_schema(
        operation_id="duty_shift_end",
        tags=["institutions"],
        request=None,
        responses={200: ShiftSerializer},
    )
    @idempotent
    def post(self, request: Request, shift: uuid.UUID) -> Response:
        """End a shift that runs, or take back one that has not begun."""
        ended = shift_end(actor=actor_of(request), shift=shift_by_id(shift))
        return Response(ShiftSerializer(shift_by_id(ended.pk)).data)
