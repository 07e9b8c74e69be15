"""Addresses of the state's door."""

from django.urls import path

from apps.sarkar.views import desk, journal, register, rules

app_name = "sarkar"

urlpatterns = [
    path("sarkar/", desk.dashboard, name="dashboard"),
    path("sarkar/rules/enter/", rules.enter, name="rule_enter"),
    path("sarkar/rules/<str:code>/next/", rules.enter, name="rule_next"),
    path("sarkar/rules/<str:code>/v<int:number>/end/", rules.end, name="rule_end"),
    path("sarkar/register/", register.register, name="register"),
    path("sarkar/register/claims/<uuid:claim>/", register.claim, name="claim"),
    path("sarkar/register/disputes/<uuid:dispute>/", register.dispute, name="dispute"),
    path("sarkar/register/names/<uuid:name>/", register.name, name="licence_name"),
    path("sarkar/journal/", journal.journal, name="journal"),
]
