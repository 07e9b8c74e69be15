"""What a regulator fills in."""

from apps.sarkar.forms.ending import EndingForm, UndoingForm

__all__ = ["EndingForm", "UndoingForm"]
