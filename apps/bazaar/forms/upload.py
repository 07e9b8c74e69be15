"""A file, or rows pasted into a field."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.listings.services.imports import LARGEST


class UploadForm(forms.Form):
    """What is to be imported."""

    all_optional = True  # One of the first two is needed, so no field alone is.

    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("JSON lines (.jsonl), a table (.csv) or one model card (.md), at most 20 MB."),
    )
    rows = forms.CharField(
        label=_("Or paste it here"),
        required=False,
        max_length=500_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text=_("JSON lines, or a model card that begins with three hyphens."),
    )
    card_id = forms.CharField(
        label=_("For one model card: owner/name"), required=False, max_length=300
    )

    def clean(self) -> dict[str, Any]:
        """Ask for a file or rows, one of the two, and for a card's name."""
        told = super().clean() or {}
        file, rows = told.get("file"), told.get("rows", "").strip()
        if bool(file) == bool(rows):
            raise forms.ValidationError(_("Choose a file or paste rows, one of the two."))
        if file and file.size > LARGEST:
            self.add_error("file", _("The file is larger than 20 MB. Send it in parts."))
        if self.is_card() and not told.get("card_id"):
            self.add_error("card_id", _("A model card does not say its own name: give it here."))
        return told

    def is_card(self) -> bool:
        """Whether one model card was given."""
        return self.file_name().endswith((".md", ".markdown"))

    def file_name(self) -> str:
        """Return the name by whose ending the readers are chosen."""
        if file := self.cleaned_data.get("file"):
            return str(file.name)
        text = self.cleaned_data.get("rows", "").lstrip()
        return "pasted.md" if text.startswith("---") else "pasted.jsonl"

    def body(self) -> bytes:
        """Return what was given."""
        if file := self.cleaned_data.get("file"):
            return bytes(file.read())
        return str(self.cleaned_data["rows"]).encode()
