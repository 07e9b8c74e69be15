"""Addresses of the institutions below `/api/v1/`."""

from django.urls import path

from apps.institutions.api import duties, views

urlpatterns = [
    path("me", views.Me.as_view(), name="api-me"),
    path("tokens", views.Tokens.as_view(), name="api-tokens"),
    path("tokens/<uuid:token>", views.OneToken.as_view(), name="api-token"),
    path("organisations", views.Organisations.as_view(), name="api-organisations"),
    path("duty-shifts", duties.DutyShifts.as_view(), name="api-duty-shifts"),
    path("duty-shifts/<uuid:shift>/end", duties.DutyShiftEnd.as_view(), name="api-duty-shift-end"),
    path("charter", views.TheCharter.as_view(), name="api-charter"),
    path("readiness", views.Readiness.as_view(), name="api-readiness"),
]
