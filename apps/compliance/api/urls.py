"""Addresses of decisions, standings and grants below `/api/v1/`."""

from django.urls import path

from apps.compliance.api.acknowledgements import Acknowledgements
from apps.compliance.api.asked import AskedCounts, AskedLogView
from apps.compliance.api.breaking import AnswerChanges
from apps.compliance.api.bundles import BundleKeys, LatestBundle, OneBundle
from apps.compliance.api.curing import Cures, Trials
from apps.compliance.api.grants import ExemptionEnd, Exemptions, SandboxEnd, Sandboxes
from apps.compliance.api.impacts import RuleImpacts
from apps.compliance.api.past import PastDecision
from apps.compliance.api.simulations import OneSimulation, Simulations
from apps.compliance.api.views import Decisions, ListingStandingsView, StandingsFeed

urlpatterns = [
    path("decisions", Decisions.as_view(), name="api-decisions"),
    path("decisions/past", PastDecision.as_view(), name="api-decision-past"),
    path("decisions/log", AskedLogView.as_view(), name="api-decision-log"),
    path("decisions/changes", AnswerChanges.as_view(), name="api-decision-changes"),
    path("decisions/counts", AskedCounts.as_view(), name="api-decision-counts"),
    path("bundles/latest", LatestBundle.as_view(), name="api-bundle-latest"),
    path("bundles/keys", BundleKeys.as_view(), name="api-bundle-keys"),
    path("bundles/<str:digest>", OneBundle.as_view(), name="api-bundle"),
    path("decisions/cures", Cures.as_view(), name="api-decision-cures"),
    path("decisions/trials", Trials.as_view(), name="api-decision-trials"),
    path("standings", StandingsFeed.as_view(), name="api-standings"),
    path(
        "listings/<str:code>/standings",
        ListingStandingsView.as_view(),
        name="api-listing-standings",
    ),
    path(
        "rules/<str:code>/versions/<int:number>/impact",
        RuleImpacts.as_view(),
        name="api-rule-impact",
    ),
    path("simulations", Simulations.as_view(), name="api-simulations"),
    path("simulations/<uuid:simulation>", OneSimulation.as_view(), name="api-simulation"),
    path("acknowledgements", Acknowledgements.as_view(), name="api-acknowledgements"),
    path("sandboxes", Sandboxes.as_view(), name="api-sandboxes"),
    path("sandboxes/<str:code>/end", SandboxEnd.as_view(), name="api-sandbox-end"),
    path("exemptions", Exemptions.as_view(), name="api-exemptions"),
    path("exemptions/<str:code>/end", ExemptionEnd.as_view(), name="api-exemption-end"),
]
