"""What a company fills in."""

from apps.bazaar.forms.listing import ListingForm, WithdrawalForm
from apps.bazaar.forms.market import (
    AccessionForm,
    AcknowledgeForm,
    ClaimForm,
    MarketplaceForm,
    OfferForm,
    ProofForm,
)
from apps.bazaar.forms.upload import UploadForm

__all__ = [
    "AccessionForm",
    "AcknowledgeForm",
    "ClaimForm",
    "ListingForm",
    "MarketplaceForm",
    "OfferForm",
    "ProofForm",
    "UploadForm",
    "WithdrawalForm",
]
