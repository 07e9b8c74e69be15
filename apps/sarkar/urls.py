"""Addresses of the state's door."""

from django.urls import path

from apps.sarkar.views import desk, journal, rules

app_name = "sarkar"

urlpatterns = [
    path("sarkar/", desk.dashboard, name="dashboard"),
    path("sarkar/rules/enter/", rules.enter, name="rule_enter"),
    path("sarkar/rules/<str:code>/next/", rules.enter, name="rule_next"),
    path("sarkar/rules/<str:code>/v<int:number>/end/", rules.end, name="rule_end"),
    path("sarkar/journal/", journal.journal, name="journal"),
]
