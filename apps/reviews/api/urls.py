"""Addresses of review rounds below `/api/v1/`."""

from django.urls import path

from apps.reviews.api import views

ONE = "reviews/<uuid:review_round>"
ASKED = "reviews/assignments/<uuid:assignment>"

urlpatterns = [
    path("reviews", views.Rounds.as_view(), name="api-reviews"),
    path(ONE, views.OneRound.as_view(), name="api-review"),
    path(f"{ONE}/assignments", views.Assignments.as_view(), name="api-review-assignments"),
    path(f"{ONE}/close", views.Close.as_view(), name="api-review-close"),
    path(f"{ASKED}/acceptance", views.Acceptance.as_view(), name="api-assignment-acceptance"),
    path(f"{ASKED}/refusal", views.Refusal.as_view(), name="api-assignment-refusal"),
    path(f"{ASKED}/verdict", views.Verdicts.as_view(), name="api-assignment-verdict"),
]
