"""What a regulator fills in."""

from apps.sarkar.forms.ending import EndingForm

__all__ = ["EndingForm"]
