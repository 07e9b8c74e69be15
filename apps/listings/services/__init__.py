"""Writing in the register."""

from apps.listings.services.imports import import_open, import_run, listings_import
from apps.listings.services.listings import (
    Written,
    listing_publish,
    listing_relist,
    listing_withdraw,
    rows_write,
)

__all__ = [
    "Written",
    "import_open",
    "import_run",
    "listing_publish",
    "listing_relist",
    "listing_withdraw",
    "listings_import",
    "rows_write",
]
