"""Reports, their status, public cases, answers and appeals over HTTP."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from apps.cases.api.serializers import (
    AppealRead,
    AppealWrite,
    CaseFull,
    CasePage,
    Received,
    ReportWrite,
    ResponseSerializer,
    ResponseWrite,
    StatusSerializer,
)
from apps.cases.selectors import case_by_code, cases_page, public_case, report_status
from apps.cases.services import (
    Answer,
    ReportDraft,
    appeal_file,
    must_not_flood,
    report_file,
    response_give,
)
from apps.cases.states import Channel
from apps.institutions.api import ScopedPermission, idempotent
from apps.institutions.auth import actor_of
from apps.institutions.scopes import Scope
from apps.listings.selectors import listing_by_code

RECEIPT = OpenApiParameter(
    "Report-Receipt",
    str,
    OpenApiParameter.HEADER,
    required=True,
    description="The receipt that was given when the report was filed.",
)
KEY = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    required=True,
    description="A random UUID. The same report under the same key is filed once and answered "
    "with the same receipt.",
)


class PageQuery(serializers.Serializer):
    """Where the next page begins."""

    after = serializers.CharField(max_length=500, default="", allow_blank=True)


class Reports(APIView):
    """Where anyone reports."""

    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="reports_create",
        tags=["cases"],
        parameters=[KEY],
        request=ReportWrite,
        responses={201: Received},
    )
    def post(self, request: Request) -> Response:
        """File a report of misuse; the answer holds the receipt, which is kept nowhere."""
        must_not_flood("report", BaseThrottle().get_ident(request))
        sent = ReportWrite(data=request.data)
        sent.is_valid(raise_exception=True)
        told = dict(sent.validated_data)
        listing = listing_by_code(told.pop("listing")) if told["listing"] else None
        told.pop("listing", None)
        draft = ReportDraft(listing=listing, channel=Channel.API, **told)
        filed = report_file(
            actor=actor_of(request),
            draft=draft,
            sent_key=request.headers.get("Idempotency-Key", ""),
        )
        return Response(Received({"receipt": filed.receipt}).data, status=status.HTTP_201_CREATED)


class Status(APIView):
    """Where someone comes back to their report."""

    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="reports_status",
        tags=["cases"],
        parameters=[RECEIPT],
        responses=StatusSerializer,
    )
    def get(self, request: Request) -> Response:
        """Return where the report is that a receipt opens; the receipt comes in a header."""
        must_not_flood("receipt", BaseThrottle().get_ident(request))
        found = report_status(request.headers.get("Report-Receipt", ""))
        answer = Response(StatusSerializer(found).data)
        answer["Cache-Control"] = "no-store"
        return answer


class CasesView(APIView):
    """Public cases."""

    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="cases_list", tags=["cases"], parameters=[PageQuery], responses=CasePage
    )
    def get(self, request: Request) -> Response:
        """Return public cases, newest first."""
        query = PageQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        page = cases_page(after=query.validated_data["after"])
        return Response(CasePage({"cases": page.rows, "after": page.after}).data)


class CaseView(APIView):
    """One public case."""

    permission_classes = (AllowAny,)

    @extend_schema(operation_id="cases_retrieve", tags=["cases"], responses=CaseFull)
    def get(self, request: Request, code: str) -> Response:
        """Return a case with both sides and its decisions."""
        return Response(CaseFull(public_case(code)).data)


class CaseResponses(APIView):
    """Where a company answers."""

    permission_classes = (ScopedPermission,)
    write_scope = Scope.CASES_WRITE

    @extend_schema(
        operation_id="cases_respond",
        tags=["cases"],
        request=ResponseWrite,
        responses={201: ResponseSerializer},
    )
    @idempotent
    def post(self, request: Request, code: str) -> Response:
        """Answer the allegation for the company."""
        sent = ResponseWrite(data=request.data)
        sent.is_valid(raise_exception=True)
        answer = Answer(**sent.validated_data)
        given = response_give(actor=actor_of(request), case=case_by_code(code), answer=answer)
        return Response(ResponseSerializer(given).data, status=status.HTTP_201_CREATED)


class CaseAppeals(APIView):
    """Where a company appeals."""

    permission_classes = (ScopedPermission,)
    write_scope = Scope.CASES_WRITE

    @extend_schema(
        operation_id="cases_appeal",
        tags=["cases"],
        request=AppealWrite,
        responses={201: AppealRead},
    )
    @idempotent
    def post(self, request: Request, code: str) -> Response:
        """Appeal for the company against the first decision."""
        sent = AppealWrite(data=request.data)
        sent.is_valid(raise_exception=True)
        text = sent.validated_data["text"]
        made = appeal_file(actor=actor_of(request), case=case_by_code(code), text=text)
        return Response(AppealRead(made).data, status=status.HTTP_201_CREATED)
