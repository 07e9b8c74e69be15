"""Addresses of casework below `/api/v1/`."""

from django.urls import path

from apps.cases.api.views import CaseAppeals, CaseResponses, CasesView, CaseView, Reports, Status

urlpatterns = [
    path("reports", Reports.as_view(), name="api-reports"),
    path("reports/status", Status.as_view(), name="api-report-status"),
    path("cases", CasesView.as_view(), name="api-cases"),
    path("cases/<str:code>", CaseView.as_view(), name="api-case"),
    path("cases/<str:code>/responses", CaseResponses.as_view(), name="api-case-responses"),
    path("cases/<str:code>/appeals", CaseAppeals.as_view(), name="api-case-appeals"),
]
