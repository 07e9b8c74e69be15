"""Public cases, new ones, answers and appeals over HTTP."""

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.permissions import AllowAny, BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.cases.api.drafts import CaseWrite
from apps.cases.api.files import CaseFile
from apps.cases.api.serializers import (
    AppealRead,
    AppealWrite,
    CaseFull,
    CasePage,
    PageQuery,
    ResponseSerializer,
    ResponseWrite,
)
from apps.cases.permissions import must_triage
from apps.cases.selectors import case_by_code, cases_page, public_case
from apps.cases.services import Answer, appeal_file, case_open, response_give, review_open
from apps.institutions.api import ScopedPermission, idempotent
from apps.institutions.auth import actor_of
from apps.institutions.scopes import Scope


class CasesView(APIView):
    """Public cases, and where officers open new ones."""

    write_scope = Scope.CASES_WRITE

    def get_permissions(self) -> list[BasePermission]:
        """Let everyone read, and officers write."""
        return [ScopedPermission() if self.request.method == "POST" else AllowAny()]

    @extend_schema(
        operation_id="cases_list", tags=["cases"], parameters=[PageQuery], responses=CasePage
    )
    def get(self, request: Request) -> Response:
        """Return public cases, newest first."""
        query = PageQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        page = cases_page(after=query.validated_data["after"])
        return Response(CasePage({"cases": page.rows, "after": page.after}).data)

    @extend_schema(
        operation_id="cases_create", tags=["cases"], request=CaseWrite, responses={201: CaseFile}
    )
    @idempotent
    def post(self, request: Request) -> Response:
        """Open a case of reports; without one, a review of your own motion with its questions."""
        actor = actor_of(request)
        must_triage(actor)
        sent = CaseWrite(data=request.data)
        sent.is_valid(raise_exception=True)
        draft = sent.draft()
        made = (case_open if draft.reports else review_open)(actor=actor, draft=draft)
        shown = CaseFile(case_by_code(made.code), context={"actor": actor})
        return Response(shown.data, status=status.HTTP_201_CREATED)


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
        """Appeal for the company against the decision that stands."""
        sent = AppealWrite(data=request.data)
        sent.is_valid(raise_exception=True)
        text = sent.validated_data["text"]
        made = appeal_file(actor=actor_of(request), case=case_by_code(code), text=text)
        return Response(AppealRead(made).data, status=status.HTTP_201_CREATED)
