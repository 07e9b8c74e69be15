"""Addresses of the state's door."""

from django.urls import path

from apps.sarkar.views import (
    appeals,
    cases,
    contests,
    desk,
    journal,
    register,
    reports,
    reviews,
    rules,
)

app_name = "sarkar"

urlpatterns = [
    path("sarkar/", desk.dashboard, name="dashboard"),
    path("sarkar/rules/enter/", rules.enter, name="rule_enter"),
    path("sarkar/rules/<str:code>/next/", rules.enter, name="rule_next"),
    path("sarkar/rules/<str:code>/v<int:number>/end/", rules.end, name="rule_end"),
    path("sarkar/rules/<str:code>/v<int:number>/take-back/", rules.roll_back, name="rule_back"),
    path("sarkar/cases/", cases.cases, name="cases"),
    path("sarkar/cases/reviews/start/", reviews.review, name="review_start"),
    path("sarkar/cases/orders/record/", reviews.order, name="order_record"),
    path("sarkar/cases/reports/<uuid:report>/", reports.report, name="report"),
    path("sarkar/cases/reports/<uuid:report>/join/", reports.link, name="report_link"),
    path("sarkar/cases/evidence/<uuid:evidence>/", reports.evidence, name="evidence"),
    path("sarkar/cases/appeals/<uuid:appeal>/", appeals.appeal, name="appeal"),
    path("sarkar/cases/urgent/<uuid:action>/confirm/", appeals.confirm, name="urgent_confirm"),
    path("sarkar/cases/<str:code>/", cases.case, name="case"),
    path("sarkar/cases/<str:code>/<slug:step>/", cases.step, name="case_step"),
    path("sarkar/contests/", contests.contests, name="contests"),
    path("sarkar/contests/<str:code>/", contests.contest, name="contest"),
    path("sarkar/contests/<str:code>/stay/", contests.stay, name="contest_stay"),
    path("sarkar/contests/<str:code>/rule/", contests.rule, name="contest_rule"),
    path("sarkar/register/", register.register, name="register"),
    path("sarkar/register/claims/<uuid:claim>/", register.claim, name="claim"),
    path("sarkar/register/disputes/<uuid:dispute>/", register.dispute, name="dispute"),
    path("sarkar/register/names/<uuid:name>/", register.name, name="licence_name"),
    path("sarkar/journal/", journal.journal, name="journal"),
]
