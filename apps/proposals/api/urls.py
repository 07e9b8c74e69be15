"""Addresses of proposals below `/api/v1/`."""

from django.urls import path

from apps.proposals.api import following, steps, views

ONE = "proposals/<str:code>"
COMMENT = f"{ONE}/comments/<uuid:comment>"

urlpatterns = [
    path("proposals", views.Proposals.as_view(), name="api-proposals"),
    path(ONE, views.OneProposal.as_view(), name="api-proposal"),
    path(f"{ONE}/revisions", views.Revisions.as_view(), name="api-proposal-revisions"),
    path(f"{ONE}/submit", steps.Submit.as_view(), name="api-proposal-submit"),
    path(f"{ONE}/consultation", steps.Consultation.as_view(), name="api-proposal-consultation"),
    path(f"{ONE}/review", steps.OpenReview.as_view(), name="api-proposal-review"),
    path(
        f"{ONE}/another-review", steps.AnotherReview.as_view(), name="api-proposal-another-review"
    ),
    path(f"{ONE}/freeze", steps.FreezeText.as_view(), name="api-proposal-freeze"),
    path(f"{ONE}/ballot", steps.CallBallot.as_view(), name="api-proposal-ballot"),
    path(f"{ONE}/withdrawal", steps.Withdrawal.as_view(), name="api-proposal-withdrawal"),
    path(f"{ONE}/follow", following.Following.as_view(), name="api-proposal-follow"),
    path(f"{ONE}/comments", steps.Comments.as_view(), name="api-proposal-comments"),
    path(f"{COMMENT}/removal", steps.Removal.as_view(), name="api-comment-removal"),
    path(f"{COMMENT}/appeal", steps.Appeal.as_view(), name="api-comment-appeal"),
    path(f"{COMMENT}/decision", steps.AppealDecision.as_view(), name="api-comment-decision"),
]
