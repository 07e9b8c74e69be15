"""Addresses of the licence register below `/api/v1/`."""

from django.urls import path

from apps.licensing.api import views

urlpatterns = [
    path("licences", views.Licences.as_view(), name="api-licences"),
    path("licences/<str:slug>", views.OneLicence.as_view(), name="api-licence"),
]
