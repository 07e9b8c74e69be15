"""Addresses of casework below `/api/v1/`."""

from django.urls import path

from apps.cases.api import casework, contests, orders, reporting, views

urlpatterns = [
    path("reports", reporting.Reports.as_view(), name="api-reports"),
    path("reports/status", reporting.Status.as_view(), name="api-report-status"),
    path("reports/evidence", reporting.Evidence.as_view(), name="api-report-evidence"),
    path("reports/appeals", reporting.ReporterAppeals.as_view(), name="api-report-appeals"),
    path(
        "reports/evidence/<uuid:evidence>",
        casework.EvidenceContent.as_view(),
        name="api-evidence",
    ),
    path("reports/<uuid:report>", casework.Report.as_view(), name="api-report"),
    path("cases", views.CasesView.as_view(), name="api-cases"),
    path("cases/errands", casework.DeskErrands.as_view(), name="api-case-errands"),
    path(
        "cases/appeals/<uuid:appeal>/decision",
        casework.AppealDecision.as_view(),
        name="api-appeal-decision",
    ),
    path("cases/<str:code>", views.CaseView.as_view(), name="api-case"),
    path("cases/<str:code>/file", casework.OneCaseFile.as_view(), name="api-case-file"),
    path("cases/<str:code>/assignment", casework.Assignment.as_view(), name="api-case-assignment"),
    path(
        "cases/<str:code>/identification",
        casework.Identification.as_view(),
        name="api-case-identification",
    ),
    path("cases/<str:code>/reports", casework.CaseReports.as_view(), name="api-case-reports"),
    path(
        "cases/<str:code>/allegations", casework.Allegations.as_view(), name="api-case-allegations"
    ),
    path("cases/<str:code>/responses", views.CaseResponses.as_view(), name="api-case-responses"),
    path("cases/<str:code>/decisions", casework.Decisions.as_view(), name="api-case-decisions"),
    path("cases/<str:code>/appeals", views.CaseAppeals.as_view(), name="api-case-appeals"),
    path("contests", contests.Contests.as_view(), name="api-contests"),
    path("contests/<str:code>", contests.OneContest.as_view(), name="api-contest"),
    path(
        "contests/<str:code>/withdrawal",
        contests.ContestWithdrawal.as_view(),
        name="api-contest-withdrawal",
    ),
    path(
        "contests/<str:code>/stay",
        contests.ContestStayDecision.as_view(),
        name="api-contest-stay",
    ),
    path("contests/<str:code>/ruling", contests.ContestRuling.as_view(), name="api-contest-ruling"),
    path("orders", orders.Orders.as_view(), name="api-orders"),
    path("urgent-actions", orders.UrgentActions.as_view(), name="api-urgent-actions"),
    path(
        "urgent-actions/<uuid:action>/confirmation",
        orders.UrgentConfirmation.as_view(),
        name="api-urgent-confirmation",
    ),
]
