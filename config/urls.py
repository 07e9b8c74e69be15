"""All addresses of the portal."""

from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language
from drf_spectacular.views import SpectacularAPIView
from rest_framework.permissions import AllowAny

from apps.core.api.views import Nothing
from config import health

api: list[URLPattern | URLResolver] = [
    # First, as patterns are tried in order and nothing is asked as often as decisions.
    path("", include("apps.compliance.api.urls")),
    path("schema/", SpectacularAPIView.as_view(permission_classes=[AllowAny]), name="api-schema"),
    path("", include("apps.journal.api.urls")),
    path("", include("apps.institutions.api.urls")),
    path("", include("apps.voting.api.urls")),
    path("", include("apps.notices.api.urls")),
    path("", include("apps.policy.api.urls")),
    path("", include("apps.licensing.api.urls")),
    path("", include("apps.listings.api.urls")),
    path("", include("apps.proposals.api.urls")),
    path("", include("apps.reviews.api.urls")),
    path("", include("apps.cases.api.urls")),
    re_path("", Nothing.as_view(), name="api-nothing"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
    # Choosing a language harms nobody, so it needs no token, and a first visit no cookie.
    path("language/", csrf_exempt(set_language), name="set_language"),
    path("api/v1/", include(api)),
    path("accounts/", include("allauth.urls")),
    path("", include("apps.institutions.urls")),
    path("", include("apps.notices.urls")),
    path("", include("apps.commons.urls")),
    path("", include("apps.samaj.urls")),
    path("", include("apps.sarkar.urls")),
    path("", include("apps.bazaar.urls")),
]
