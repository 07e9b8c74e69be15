"""Addresses of society's door."""

from django.urls import path

from apps.samaj.views import answers, doorway, reports

app_name = "samaj"

urlpatterns = [
    path("samaj/", doorway.dashboard, name="dashboard"),
    path("samaj/report/", reports.report, name="report"),
    path("samaj/answers/", answers.answers, name="answers"),
    path("samaj/answers/files/", answers.evidence, name="evidence"),
    path("samaj/answers/appeal/", answers.appeal, name="appeal"),
]
