"""What the portal keeps about whoever asks."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from apps.cases.selectors import reports_kept
from apps.compliance.selectors.asked import questions_kept
from apps.institutions.auth import person_of
from apps.institutions.selectors import own_data
from apps.listings.selectors.listings import disputes_kept, listings_followed
from apps.notices.selectors import notices_kept
from apps.policy.selectors import divergences_kept
from apps.proposals.selectors.proposals import comments_kept, proposals_followed


@login_required
@never_cache
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """Hand out all that is kept about the person, what they wrote and follow among it, as JSON."""
    person = person_of(request).pk
    kept = own_data(person) | {
        "questions": questions_kept(person),
        "notices": notices_kept(person),
        "followed_listings": listings_followed(person),
        "followed_proposals": proposals_followed(person),
        "reports": reports_kept(person),
        "comments": comments_kept(person),
        "disputes": disputes_kept(person),
        "divergences": divergences_kept(person),
    }
    response = JsonResponse(kept, json_dumps_params={"indent": 2})
    response["Content-Disposition"] = 'attachment; filename="sangam-my-data.json"'
    return response
