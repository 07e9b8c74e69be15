"""Addresses of the institutions below `/api/v1/`."""

from django.urls import path

from apps.institutions.api import views

urlpatterns = [
    path("me", views.Me.as_view(), name="api-me"),
    path("tokens", views.Tokens.as_view(), name="api-tokens"),
    path("tokens/<uuid:token>", views.OneToken.as_view(), name="api-token"),
    path("organisations", views.Organisations.as_view(), name="api-organisations"),
    path("charter", views.TheCharter.as_view(), name="api-charter"),
    path("readiness", views.Readiness.as_view(), name="api-readiness"),
]
