"""Reports over HTTP: filed by anyone, followed and added to by whoever holds the receipt."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.parsers import MultiPartParser
from rest_framework.permissions import AllowAny, BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from apps.cases.api.files import EvidenceRead, ReportPage
from apps.cases.api.serializers import (
    AppealRead,
    AppealWrite,
    EvidenceWrite,
    PageQuery,
    Received,
    ReportWrite,
    StatusSerializer,
)
from apps.cases.permissions import must_triage
from apps.cases.selectors import report_status, reports_waiting
from apps.cases.services import (
    ReportDraft,
    SentFile,
    appeal_by_receipt,
    evidence_add,
    must_not_flood,
    report_file,
)
from apps.cases.sniffing import LARGEST
from apps.cases.states import Channel
from apps.core.api.problems import TooLarge
from apps.institutions.api import ScopedPermission
from apps.institutions.auth import actor_of
from apps.institutions.scopes import Scope
from apps.listings.selectors import listing_by_code

# What a form around a file may weigh besides the file.
ENVELOPE = 64 * 1024
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


class Reports(APIView):
    """Where anyone reports, and officers read what came."""

    read_scope = Scope.CASES_READ

    def get_permissions(self) -> list[BasePermission]:
        """Let everyone report, and officers read."""
        return [ScopedPermission() if self.request.method == "GET" else AllowAny()]

    @extend_schema(
        operation_id="reports_list", tags=["cases"], parameters=[PageQuery], responses=ReportPage
    )
    def get(self, request: Request) -> Response:
        """Return the reports that nobody has looked at, oldest first."""
        must_triage(actor_of(request))
        query = PageQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        page = reports_waiting(after=query.validated_data["after"])
        return Response(ReportPage({"reports": page.rows, "after": page.after}).data)

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


class Evidence(APIView):
    """Where someone adds a file to their report."""

    permission_classes = (AllowAny,)
    parser_classes = (MultiPartParser,)

    @extend_schema(
        operation_id="reports_evidence_create",
        tags=["cases"],
        parameters=[RECEIPT],
        request={"multipart/form-data": EvidenceWrite},
        responses={201: EvidenceRead},
    )
    def post(self, request: Request) -> Response:
        """Add a file; it is told by its bytes and rid of hidden data, and the same again is one."""
        must_not_flood("receipt", BaseThrottle().get_ident(request))
        if int(request.headers.get("Content-Length") or 0) > LARGEST + ENVELOPE:
            raise TooLarge
        sent = EvidenceWrite(data=request.data)
        sent.is_valid(raise_exception=True)
        file = sent.validated_data["file"]
        kept = evidence_add(
            receipt=request.headers.get("Report-Receipt", ""),
            file=SentFile(file.name, file.read(LARGEST + 1)),
        )
        return Response(EvidenceRead(kept).data, status=status.HTTP_201_CREATED)


class ReporterAppeals(APIView):
    """Where someone who reported appeals."""

    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="reports_appeal",
        tags=["cases"],
        parameters=[RECEIPT],
        request=AppealWrite,
        responses={201: AppealRead},
    )
    def post(self, request: Request) -> Response:
        """Appeal against the decision that stands, with the receipt alone; nobody is named."""
        must_not_flood("receipt", BaseThrottle().get_ident(request))
        sent = AppealWrite(data=request.data)
        sent.is_valid(raise_exception=True)
        made = appeal_by_receipt(
            receipt=request.headers.get("Report-Receipt", ""), text=sent.validated_data["text"]
        )
        return Response(AppealRead(made).data, status=status.HTTP_201_CREATED)
