"""Writing in the register."""

from apps.listings.services.claims import (
    claim_confirm,
    claim_open,
    claim_prove,
    claim_refuse,
    claim_withdraw,
)
from apps.listings.services.disputes import (
    dispute_decide,
    dispute_withdraw,
    edge_dispute,
    fact_dispute,
)
from apps.listings.services.follows import follow_begin, follow_end, follows_erase
from apps.listings.services.imports import import_open, import_run, listings_import
from apps.listings.services.licences import licences_recognise
from apps.listings.services.listings import (
    Written,
    listing_change,
    listing_publish,
    listing_relist,
    listing_withdraw,
    row_publish,
    rows_write,
)
from apps.listings.services.marketplaces import (
    AccessionDraft,
    marketplace_accede,
    marketplace_enter,
    offer_end,
    offer_make,
)

__all__ = [
    "AccessionDraft",
    "Written",
    "claim_confirm",
    "claim_open",
    "claim_prove",
    "claim_refuse",
    "claim_withdraw",
    "dispute_decide",
    "dispute_withdraw",
    "edge_dispute",
    "fact_dispute",
    "follow_begin",
    "follow_end",
    "follows_erase",
    "import_open",
    "import_run",
    "licences_recognise",
    "listing_change",
    "listing_publish",
    "listing_relist",
    "listing_withdraw",
    "listings_import",
    "marketplace_accede",
    "marketplace_enter",
    "offer_end",
    "offer_make",
    "row_publish",
    "rows_write",
]
