"""Addresses of ballots below `/api/v1/`."""

from django.urls import path

from apps.voting.api import views

urlpatterns = [
    path("ballots", views.Ballots.as_view(), name="api-ballots"),
    path("ballots/<str:code>", views.OneBallot.as_view(), name="api-ballot"),
    path("ballots/<str:code>/recount", views.Recount.as_view(), name="api-ballot-recount"),
    path("ballots/<str:code>/votes", views.Votes.as_view(), name="api-ballot-votes"),
    path("ballots/<str:code>/recusals", views.Recusals.as_view(), name="api-ballot-recusals"),
]
