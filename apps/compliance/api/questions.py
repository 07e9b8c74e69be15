"""A question as it stands in an address."""

import uuid
from collections.abc import Mapping
from typing import Any

from apps.compliance.api.serializers import DecisionQuery
from apps.compliance.selectors.answers import Question
from apps.listings.selectors.markets import marketplace_by_slug

# Made once: to make its fields anew for each request costs more than to decide.
QUERY = DecisionQuery()


def question_of(query: Mapping[str, Any], organisation: uuid.UUID | None) -> Question:
    """Return what an address asks for an organisation; raise what its view answers by a problem."""
    asked = QUERY.run_validation(query)
    slug = asked.pop("marketplace", "")
    marketplace = marketplace_by_slug(slug).pk if slug else None
    return Question(**asked, marketplace=marketplace, organisation=organisation)
