"""What officers do with reports, cases and appeals over HTTP: all that their pages can."""

import uuid
from typing import TypeVar

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from apps.cases.api import drafts
from apps.cases.api.files import AppealFull, CaseFile, Errands, ReportRead
from apps.cases.api.serializers import CaseDecisionSerializer
from apps.cases.models import Case
from apps.cases.permissions import must_read_case, must_read_report, must_triage
from apps.cases.selectors import (
    appeal_by_id,
    case_by_code,
    errands_owed,
    evidence_by_id,
    officer_by_id,
    report_by_id,
)
from apps.cases.services import (
    allegation_send,
    appeal_decide,
    case_assign,
    case_hand_over,
    case_identify,
    decision_issue,
    report_link,
)
from apps.cases.states import CaseState
from apps.core.actor import Actor
from apps.core.pages import attachment
from apps.institutions.api import ScopedPermission, idempotent
from apps.institutions.auth import actor_of
from apps.institutions.scopes import Scope

Shape = TypeVar("Shape", bound=Serializer)


class Desk(APIView):
    """What officers for misuse read and do."""

    permission_classes = (ScopedPermission,)
    read_scope = Scope.CASES_READ
    write_scope = Scope.CASES_WRITE

    def officer(self, request: Request) -> Actor:
        """Return who asks; refuse whoever is no officer for misuse."""
        actor = actor_of(request)
        must_triage(actor)
        return actor

    def file(self, actor: Actor, case: Case, status: int = 201) -> Response:
        """Answer with the file of a case as it stands now."""
        shown = CaseFile(case_by_code(case.code), context={"actor": actor})
        return Response(shown.data, status=status)


def read(shape: type[Shape], request: Request) -> Shape:
    """Return what was sent, checked."""
    sent = shape(data=request.data)
    sent.is_valid(raise_exception=True)
    return sent


class DeskErrands(Desk):
    """What waits for an officer."""

    @extend_schema(operation_id="cases_errands", tags=["cases"], responses=Errands)
    def get(self, request: Request) -> Response:
        """Return what waits for you, the first due first, at most a hundred."""
        return Response(Errands({"errands": errands_owed(self.officer(request))}).data)


class Report(Desk):
    """One report."""

    @extend_schema(operation_id="reports_retrieve", tags=["cases"], responses=ReportRead)
    def get(self, request: Request, report: uuid.UUID) -> Response:
        """Return a report with its files' hashes."""
        found = report_by_id(report)
        must_read_report(self.officer(request), found)
        return Response(ReportRead(found).data)


class EvidenceContent(Desk):
    """One file."""

    @extend_schema(
        operation_id="reports_evidence_retrieve",
        tags=["cases"],
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, evidence: uuid.UUID) -> HttpResponse:
        """Return a file as an attachment, never of a type that something opens."""
        actor, file = self.officer(request), evidence_by_id(evidence)
        must_read_report(actor, report_by_id(file.report_id))
        return attachment(file.file_name, bytes(file.content))


class OneCaseFile(Desk):
    """A case as its officers see it."""

    @extend_schema(operation_id="cases_file", tags=["cases"], responses=CaseFile)
    def get(self, request: Request, code: str) -> Response:
        """Return a case, public or not, with what you may do in it and what not, and why."""
        actor, case = self.officer(request), case_by_code(code)
        must_read_case(actor, case)
        return self.file(actor, case, status=200)


class Assignment(Desk):
    """Who holds a case."""

    @extend_schema(
        operation_id="cases_assign",
        tags=["cases"],
        request=drafts.AssignmentWrite,
        responses={201: CaseFile},
    )
    @idempotent
    def post(self, request: Request, code: str) -> Response:
        """Give a case to an officer; one that has an officer is handed over."""
        actor, case = self.officer(request), case_by_code(code)
        officer = officer_by_id(read(drafts.AssignmentWrite, request).validated_data["officer"])
        give = case_assign if case.state == CaseState.TRIAGED else case_hand_over
        return self.file(actor, give(actor=actor, case=case, officer=officer))


class Identification(Desk):
    """What a case is about."""

    @extend_schema(
        operation_id="cases_identify",
        tags=["cases"],
        request=drafts.ThingWrite,
        responses={201: CaseFile},
    )
    @idempotent
    def post(self, request: Request, code: str) -> Response:
        """Say what a case is about, once that was found out."""
        actor, case = self.officer(request), case_by_code(code)
        thing = read(drafts.ThingWrite, request).thing()
        return self.file(actor, case_identify(actor=actor, case=case, **thing))


class CaseReports(Desk):
    """The reports of a case."""

    @extend_schema(
        operation_id="cases_reports_join",
        tags=["cases"],
        request=drafts.LinkWrite,
        responses={201: CaseFile},
    )
    @idempotent
    def post(self, request: Request, code: str) -> Response:
        """Join a report to an open case; several reports make one case."""
        actor, case = self.officer(request), case_by_code(code)
        report = report_by_id(read(drafts.LinkWrite, request).validated_data["report"])
        report_link(actor=actor, report=report, case=case)
        return self.file(actor, case)


class Allegations(Desk):
    """What the company is asked."""

    @extend_schema(
        operation_id="cases_allege",
        tags=["cases"],
        request=drafts.AllegationWrite,
        responses={201: CaseFile},
    )
    @idempotent
    def post(self, request: Request, code: str) -> Response:
        """Send the allegation; the company's clock begins."""
        actor, case = self.officer(request), case_by_code(code)
        text = read(drafts.AllegationWrite, request).validated_data["text"]
        allegation_send(actor=actor, case=case, text=text)
        return self.file(actor, case)


class Decisions(Desk):
    """The first decision of a case."""

    @extend_schema(
        operation_id="cases_decide",
        tags=["cases"],
        request=drafts.DecisionWrite,
        responses={201: CaseDecisionSerializer},
    )
    @idempotent
    def post(self, request: Request, code: str) -> Response:
        """Decide a case with a statement of reasons; its measure is set in the same moment."""
        actor, case = self.officer(request), case_by_code(code)
        draft = drafts.decision_draft(read(drafts.DecisionWrite, request).validated_data)
        decision = decision_issue(actor=actor, case=case, draft=draft)
        return Response(CaseDecisionSerializer(decision).data, status=201)


class AppealDecision(Desk):
    """The end of an appeal."""

    @extend_schema(
        operation_id="cases_appeals_decide",
        tags=["cases"],
        request=drafts.AppealDecisionWrite,
        responses={201: AppealFull},
    )
    @idempotent
    def post(self, request: Request, appeal: uuid.UUID) -> Response:
        """Let the decision stand, or put another in its place; whoever touched the case cannot."""
        actor, found = self.officer(request), appeal_by_id(appeal)
        told = read(drafts.AppealDecisionWrite, request).validated_data
        changed = drafts.decision_draft(told["changed"]) if told["changed"] else None
        reasons = told["reasons"]
        made = appeal_decide(actor=actor, appeal=found, reasons=reasons, changed=changed)
        return Response(AppealFull(made).data, status=201)
