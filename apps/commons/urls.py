"""Addresses of the public hall."""

from django.urls import path

from apps.commons.views import (
    acts,
    ballots,
    cases,
    following,
    hall,
    institutions,
    listings,
    problems,
    references,
    register,
    rules,
)

app_name = "commons"

urlpatterns = [
    path("", hall.home, name="home"),
    path("acts/", acts.acts, name="acts"),
    path("acts/<int:seq>/", acts.act, name="act"),
    path("glossary/", hall.glossary, name="glossary"),
    path("privacy/", hall.privacy, name="privacy"),
    path("accessibility/", hall.accessibility, name="accessibility"),
    path("contact/", hall.contact, name="contact"),
    path(".well-known/security.txt", hall.security, name="security"),
    path("search/", register.search, name="search"),
    path("register/", register.register, name="register"),
    path("listings/<str:code>/", listings.listing, name="listing"),
    path("listings/<str:code>/follow/", following.follow, name="follow"),
    path("listings/<str:code>/dispute/", following.dispute, name="dispute"),
    path("providers/<str:slug>/", listings.provider, name="provider"),
    path("cases/", cases.cases, name="cases"),
    path("cases/<str:code>/", cases.case, name="case"),
    path("orders/", cases.orders, name="orders"),
    path("charter/", institutions.charter, name="charter"),
    path("readiness/", institutions.readiness, name="readiness"),
    path("rules/", rules.rules, name="rules"),
    path("rules/<str:code>/", rules.rule, name="rule"),
    path("rules/<str:code>/v<int:number>/", rules.rule, name="rule_version"),
    path("ballots/", ballots.ballots, name="ballots"),
    path("ballots/<str:code>/", ballots.ballot, name="ballot"),
    path("ballots/<str:code>/vote/", ballots.vote, name="ballot_vote"),
    path("ballots/<str:code>/step-aside/", ballots.step_aside, name="ballot_step_aside"),
    path("vocabulary/", references.vocabulary, name="vocabulary"),
    path("uses/", references.uses, name="uses"),
    path("licences/", references.licences, name="licences"),
    path("licences/<str:slug>/", references.one_licence, name="licence"),
    path("api/", references.api, name="api"),
    path("problems/", problems.problems, name="problems"),
    path("problems/<slug:code>/", problems.problem, name="problem"),
]
