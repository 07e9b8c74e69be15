"""What a regulator fills in."""

from apps.sarkar.forms.ending import EndingForm
from apps.sarkar.forms.entry import RuleForms

__all__ = ["EndingForm", "RuleForms"]
