"""Addresses of the rule register below `/api/v1/`."""

from django.urls import path

from apps.policy.api import divergences, stays, views, writing

urlpatterns = [
    path("rules", views.Rules.as_view(), name="api-rules"),
    path("rules/check", writing.RuleCheck.as_view(), name="api-rule-check"),
    path("rules/<str:code>", views.OneRule.as_view(), name="api-rule"),
    path(
        "rules/<str:code>/versions/<int:number>/end",
        writing.RuleEnding.as_view(),
        name="api-rule-end",
    ),
    path(
        "rules/<str:code>/versions/<int:number>/rollback",
        writing.RuleRollback.as_view(),
        name="api-rule-rollback",
    ),
    path(
        "rules/<str:code>/versions/<int:number>/divergences",
        divergences.Divergences.as_view(),
        name="api-divergences",
    ),
    path(
        "divergences/<str:code>/answer",
        divergences.DivergenceAnswer.as_view(),
        name="api-divergence-answer",
    ),
    path("divergences/<str:code>/stay", stays.StayAsking.as_view(), name="api-rule-stay"),
    path(
        "divergences/<str:code>/stay/countersign",
        stays.StayCountersigning.as_view(),
        name="api-rule-stay-countersign",
    ),
    path("divergences/<str:code>/stay/end", stays.StayEnding.as_view(), name="api-rule-stay-end"),
    path("uses", views.Uses.as_view(), name="api-uses"),
    path("vocabulary", views.TheVocabulary.as_view(), name="api-vocabulary"),
]
