"""Writing in the register."""

from apps.listings.services.listings import (
    Written,
    listing_publish,
    listing_relist,
    listing_withdraw,
    rows_write,
)

__all__ = ["Written", "listing_publish", "listing_relist", "listing_withdraw", "rows_write"]
