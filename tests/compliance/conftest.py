"""What tests of this app stand on."""

import pytest

from apps.listings.models import Listing
from tests.compliance import shelf


@pytest.fixture
def register(db: None) -> list[Listing]:
    """Listings of every kind under rules that tell them apart."""
    return shelf.register()
