"""Addresses of the register below `/api/v1/`."""

from django.urls import path

from apps.listings.api import figures, imports, markets, views, voices

urlpatterns = [
    path("listings", views.Register.as_view(), name="api-listings"),
    path("listings/<str:code>", views.OneListing.as_view(), name="api-listing"),
    path(
        "listings/<str:code>/withdrawal", views.Withdrawal.as_view(), name="api-listing-withdrawal"
    ),
    path("listings/<str:code>/disputes", voices.Disputes.as_view(), name="api-listing-disputes"),
    path("listings/<str:code>/follow", voices.Following.as_view(), name="api-listing-follow"),
    path("disputes/<uuid:dispute>", voices.OneDispute.as_view(), name="api-dispute"),
    path("concentration", figures.ConcentrationView.as_view(), name="api-concentration"),
    path("providers", views.Providers.as_view(), name="api-providers"),
    path("providers/<slug:slug>", views.OneProvider.as_view(), name="api-provider"),
    path("providers/<slug:slug>/claims", voices.Claims.as_view(), name="api-provider-claims"),
    path("claims", voices.OpenClaims.as_view(), name="api-claims"),
    path("claims/<uuid:claim>/decision", voices.ClaimVerdict.as_view(), name="api-claim-decision"),
    path("claims/<uuid:claim>", voices.OneClaim.as_view(), name="api-claim"),
    path("marketplaces", markets.Marketplaces.as_view(), name="api-marketplaces"),
    path("marketplaces/<slug:slug>", markets.OneMarketplace.as_view(), name="api-marketplace"),
    path(
        "marketplaces/<slug:slug>/accessions",
        markets.Accessions.as_view(),
        name="api-marketplace-accessions",
    ),
    path(
        "marketplaces/<slug:slug>/offers", markets.Offers.as_view(), name="api-marketplace-offers"
    ),
    path("offers/<uuid:offer>", markets.OneOffer.as_view(), name="api-offer"),
    path("imports", imports.Imports.as_view(), name="api-imports"),
    path("imports/<uuid:run>", imports.OneImport.as_view(), name="api-import"),
]
