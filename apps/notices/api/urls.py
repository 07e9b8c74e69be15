"""Addresses of notices below `/api/v1/`."""

from django.urls import path

from apps.notices.api import views

urlpatterns = [
    path("notices", views.Notices.as_view(), name="api-notices"),
    path("notices/<uuid:notice>/read", views.Reading.as_view(), name="api-notice-read"),
]
