"""Orders from outside, and what cannot wait, over HTTP."""

import uuid

from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny, BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.cases.api.drafts import OrderWrite, UrgentWrite, outcome_of
from apps.cases.api.files import OrderPage, OrderRead, UrgentRead
from apps.cases.api.serializers import PageQuery
from apps.cases.permissions import must_triage
from apps.cases.selectors import case_by_code, orders_page, urgent_by_id
from apps.cases.services import order_record, urgent_act, urgent_confirm
from apps.institutions.api import ScopedPermission, idempotent
from apps.institutions.auth import actor_of
from apps.institutions.scopes import Scope


class Orders(APIView):
    """Orders of courts and governments."""

    write_scope = Scope.CASES_WRITE

    def get_permissions(self) -> list[BasePermission]:
        """Let everyone read, and officers write."""
        return [ScopedPermission() if self.request.method == "POST" else AllowAny()]

    @extend_schema(
        operation_id="orders_list", tags=["cases"], parameters=[PageQuery], responses=OrderPage
    )
    def get(self, request: Request) -> Response:
        """Return the orders, newest first."""
        query = PageQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        page = orders_page(after=query.validated_data["after"])
        return Response(OrderPage({"orders": page.rows, "after": page.after}).data)

    @extend_schema(
        operation_id="orders_create",
        tags=["cases"],
        request=OrderWrite,
        responses={201: OrderRead},
    )
    @idempotent
    def post(self, request: Request) -> Response:
        """Record an order; it is in force and public at once."""
        actor = actor_of(request)
        must_triage(actor)
        sent = OrderWrite(data=request.data)
        sent.is_valid(raise_exception=True)
        order = order_record(actor=actor, draft=sent.draft())
        return Response(OrderRead(order).data, status=201)


class UrgentActions(APIView):
    """Where an officer acts at once."""

    permission_classes = (ScopedPermission,)
    write_scope = Scope.CASES_WRITE

    @extend_schema(
        operation_id="urgent_actions_create",
        tags=["cases"],
        request=UrgentWrite,
        responses={201: UrgentRead},
    )
    @idempotent
    def post(self, request: Request) -> Response:
        """Set a measure for a day, on the listing of a case that is not decided."""
        actor = actor_of(request)
        must_triage(actor)
        sent = UrgentWrite(data=request.data)
        sent.is_valid(raise_exception=True)
        told = dict(sent.validated_data)
        action = urgent_act(
            actor=actor,
            case=case_by_code(told["case"]),
            outcome=outcome_of(told["outcome"]),
            jurisdictions=told["jurisdictions"],
            necessity=told["necessity"],
        )
        return Response(UrgentRead(action).data, status=201)


class UrgentConfirmation(APIView):
    """Where a second officer confirms."""

    permission_classes = (ScopedPermission,)
    write_scope = Scope.CASES_WRITE

    @extend_schema(
        operation_id="urgent_actions_confirm",
        tags=["cases"],
        request=None,
        responses={201: UrgentRead},
    )
    @idempotent
    def post(self, request: Request, action: uuid.UUID) -> Response:
        """Confirm a colleague's urgent act within its day."""
        actor = actor_of(request)
        must_triage(actor)
        confirmed = urgent_confirm(actor=actor, action=urgent_by_id(action))
        return Response(UrgentRead(urgent_by_id(confirmed.pk)).data, status=201)
