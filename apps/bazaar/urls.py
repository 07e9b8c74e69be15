"""Addresses of the market's door."""

from django.urls import path

from apps.bazaar.views import (
    acknowledgements,
    breaking,
    cases,
    claims,
    contests,
    desk,
    imports,
    listings,
    offers,
    questions,
)

app_name = "bazaar"

urlpatterns = [
    path("bazaar/", desk.dashboard, name="dashboard"),
    path("bazaar/listings/enter/", listings.enter, name="listing_enter"),
    path("bazaar/listings/<str:code>/", listings.change, name="listing"),
    path("bazaar/listings/<str:code>/withdraw/", listings.withdraw, name="listing_withdraw"),
    path("bazaar/listings/<str:code>/relist/", listings.relist, name="listing_relist"),
    path("bazaar/listings/<str:code>/contest/", contests.contest, name="contest_file"),
    path("bazaar/contests/", contests.contests, name="contests"),
    path("bazaar/contests/<str:code>/", contests.one_contest, name="contest"),
    path("bazaar/contests/<str:code>/withdraw/", contests.withdraw, name="contest_withdraw"),
    path("bazaar/import/", imports.imports, name="imports"),
    path("bazaar/import/<uuid:run>/", imports.one_import, name="import"),
    path("bazaar/cases/", cases.cases, name="cases"),
    path("bazaar/cases/<str:code>/answer/", cases.answer, name="case_answer"),
    path("bazaar/cases/<str:code>/appeal/", cases.appeal, name="case_appeal"),
    path("bazaar/questions/", questions.questions, name="questions"),
    path("bazaar/questions.csv", questions.as_csv, name="questions_csv"),
    path("bazaar/questions.jsonl", questions.as_jsonl, name="questions_jsonl"),
    path("bazaar/questions/changes/", breaking.breaking, name="changes"),
    path("bazaar/questions/changes.csv", breaking.as_csv, name="changes_csv"),
    path("bazaar/claims/", claims.claims, name="claims"),
    path("bazaar/claims/<uuid:claim>/withdraw/", claims.withdraw, name="claim_withdraw"),
    path("bazaar/providers/<slug:slug>/claim/", claims.claim, name="claim"),
    path("bazaar/marketplaces/", offers.marketplaces, name="marketplaces"),
    path("bazaar/marketplaces/<slug:slug>/", offers.marketplace, name="marketplace"),
    path(
        "bazaar/marketplaces/<slug:slug>/acknowledge/",
        acknowledgements.acknowledge,
        name="marketplace_acknowledge",
    ),
    path("bazaar/marketplaces/<slug:slug>/bind/", offers.bind, name="marketplace_bind"),
    path("bazaar/marketplaces/<slug:slug>/offers/<uuid:offer>/end/", offers.end, name="offer_end"),
]
