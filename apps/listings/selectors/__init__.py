"""Reading the register."""

from apps.listings.selectors.drafts import draft_of
from apps.listings.selectors.resolving import version_of, version_resolve

__all__ = ["draft_of", "version_of", "version_resolve"]
