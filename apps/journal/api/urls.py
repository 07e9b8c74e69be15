"""Addresses of the journal below `/api/v1/`."""

from django.urls import path

from apps.journal.api.views import Acts, OneAct

urlpatterns = [
    path("acts", Acts.as_view(), name="api-acts"),
    path("acts/<int:seq>", OneAct.as_view(), name="api-act"),
]
