"""What the register refuses."""

from django.utils.translation import gettext_lazy as _

from apps.core.errors import Conflict, Invalid, NotFound, NotPermitted


class ListingUnknown(NotFound):
    """No listing answers to the reference."""

    code = "listing-unknown"
    title = _("The register has no such listing.")
    remedy = _("Use its code, source:external-id, weight digest or your own number for it.")


class ListingRefused(Invalid):
    """The row of a listing cannot be used; its faults say why."""

    code = "listing-refused"
    title = _("This listing cannot be used as it is.")
    remedy = _("Mend the fields named and send it again.")


class NotKeeper(NotPermitted):
    """Another organisation keeps the listing, or the provider's name is another's."""

    code = "not-keeper"
    title = _("Another organisation keeps this listing.")
    remedy = _("Claim the provider if it is yours, or dispute the fact that is wrong.")


class ProviderNotClaimable(Conflict):
    """The provider is claimed already, or is nobody."""

    code = "provider-not-claimable"
    title = _("This provider cannot be claimed.")
    remedy = _("Write to the registrar if the claim that stands is wrong.")


class ProofRefused(Invalid):
    """The claim's proof does not hold."""

    code = "proof-refused"
    title = _("This proof does not hold.")
    remedy = _("Ask for a new proof, or have a regulator confirm the claim.")


class SkuTaken(Conflict):
    """The marketplace offers another listing under this number."""

    code = "sku-taken"
    title = _("You offer another listing under this number.")
    remedy = _("End that offer first.")


class MarketplaceNameTaken(Conflict):
    """Another marketplace has the name."""

    code = "marketplace-name-taken"
    title = _("Another marketplace has this name.")


class AlreadyOpen(Conflict):
    """The same claim or dispute is open already."""

    code = "already-open"
    title = _("This is open already.")
    remedy = _("Wait for its answer, or withdraw it first.")


class RunUnknown(NotFound):
    """No import run has this number, or it is another organisation's."""

    code = "import-unknown"
    title = _("There is no such import.")


class ImportTooLarge(Invalid):
    """More was sent than one import takes."""

    code = "import-too-large"
    title = _("This is more than one import takes.")
    remedy = _("Send it in parts of at most 20 MB.")


class RunTakenOver(Conflict):
    """Another worker goes on with the import."""

    code = "import-taken-over"
    title = _("Another worker goes on with this import.")
