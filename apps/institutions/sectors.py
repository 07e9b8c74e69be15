"""The three sectors that govern together."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Sector(TextChoices):
    """Society, state and market."""

    SAMAJ = "samaj", _("Samaj (society)")
    SARKAR = "sarkar", _("Sarkar (state)")
    BAZAAR = "bazaar", _("Bazaar (market)")
