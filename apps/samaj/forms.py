"""What someone fills in who reports misuse, or comes back with a receipt."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.cases.services import ReportDraft, SentFile
from apps.cases.sniffing import LARGEST
from apps.cases.states import Channel, Harm, Ongoing, Voice
from apps.core.errors import DomainError
from apps.core.jurisdictions import EVERYWHERE, jurisdictions
from apps.listings.models import Listing

LINES = {"rows": 4}
LITTLE = {"rows": 2}


class FilesInput(forms.FileInput):
    """Several files chosen at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Files as they were sent; whether they are taken is for casework to say, never for a form."""

    widget = FilesInput(attrs={"multiple": True})

    def clean(self, data: Any, initial: Any = None) -> list[SentFile]:
        """Return what was sent, each read no further than needed to see that it is too large."""
        sent = data if isinstance(data, list) else [data] if data else []
        if self.required and not sent:
            super().clean(None, initial)
        return [SentFile(file.name, file.read(LARGEST + 1)) for file in sent]


class ReportForm(forms.Form):
    """A report of misuse, in three steps on one page."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    listing = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)
    thing = forms.CharField(
        label=_("Name of the model or service"),
        help_text=_("If you do not know it, describe what you used."),
        max_length=300,
    )
    seen_where = forms.CharField(
        label=_("Where can it be seen?"),
        help_text=_("A link, an app, an office, a place. One per line."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs=LITTLE),
    )
    harms = forms.MultipleChoiceField(
        label=_("What kind of harm?"),
        help_text=_("Mark all that fit."),
        choices=Harm.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    story = forms.CharField(
        label=_("Tell us in your own words"),
        help_text=_("What, to whom, and when. No names of private persons are needed."),
        max_length=5000,
        widget=forms.Textarea(attrs=LINES),
    )
    ongoing = forms.ChoiceField(
        label=_("Is it still going on?"),
        choices=Ongoing.choices,
        initial=Ongoing.UNKNOWN,
        widget=forms.RadioSelect,
    )
    jurisdiction = forms.ChoiceField(label=_("In which country?"), required=False)
    file = FilesField(
        label=_("Pictures or documents, if you have some"),
        help_text=_(
            "Up to three, each up to 5 MB: PNG, JPEG, WebP, PDF or plain text. We take hidden data "
            "out of pictures and PDF, such as place, camera and author; words under a black bar in "
            "a PDF can still be read. Never send pictures of abused children or intimate "
            "pictures of anyone."
        ),
        required=False,
    )
    voice = forms.ChoiceField(
        label=_("How may we answer you?"),
        help_text=_("All three get the same attention and the same right of appeal."),
        choices=Voice.choices,
        initial=Voice.ANONYMOUS,
        widget=forms.RadioSelect,
    )
    contact = forms.CharField(
        label=_("How we may reach you, unless you stay anonymous"), required=False, max_length=300
    )
    assisted = forms.BooleanField(
        label=_("I fill this in for someone else, and give the receipt to them"), required=False
    )
    good_faith = forms.BooleanField(label=_("I believe that what I write is true."))

    def __init__(self, *values: Any, **options: Any) -> None:
        super().__init__(*values, **options)
        places = [
            (place.code, place.name)
            for place in jurisdictions().values()
            if not place.members and place.code != EVERYWHERE
        ]
        self.fields["jurisdiction"] = forms.ChoiceField(
            label=_("In which country?"), required=False, choices=[("", _("Not sure")), *places]
        )

    def draft(self, listing: Listing | None, language: str) -> ReportDraft:
        """Return what was said, for the service."""
        told = self.cleaned_data
        return ReportDraft(
            thing=told["thing"],
            story=told["story"],
            harms=told["harms"],
            good_faith=told["good_faith"],
            listing=listing,
            seen_where=told["seen_where"],
            ongoing=told["ongoing"],
            language=language,
            jurisdiction=told["jurisdiction"],
            voice=told["voice"],
            contact=told["contact"],
            channel=Channel.ASSISTED if told["assisted"] else Channel.PAGE,
            files=told["file"],
        )

    def add_faults(self, refused: DomainError) -> None:
        """Lay each fault of a refusal at its field."""
        for fault in refused.faults:
            self.add_error(
                fault.field if fault.field in self.fields else None,
                f"{fault.reason} {fault.remedy}".strip(),
            )
        if not refused.faults:
            self.add_error(None, f"{refused.reason} {refused.remedy}".strip())


class ReceiptForm(forms.Form):
    """The way back to a report."""

    receipt = forms.CharField(
        label=_("Your receipt"),
        help_text=_("26 letters and figures, in groups of four."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class EvidenceForm(forms.Form):
    """One more file for a report."""

    receipt = forms.CharField(widget=forms.HiddenInput, max_length=60)
    file = FilesField(
        label=_("Add pictures or documents"),
        help_text=_("PNG, JPEG, WebP, PDF or plain text, up to 5 MB each; three in all."),
    )


class AppealForm(forms.Form):
    """Why the decision is wrong."""

    receipt = forms.CharField(widget=forms.HiddenInput, max_length=60)
    text = forms.CharField(
        label=_("What is wrong with the decision?"),
        max_length=5000,
        widget=forms.Textarea(attrs=LINES),
    )
