"""What the inbox asks."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.notices.states import MailManner


class MannerForm(forms.Form):
    """How someone wants e-mail."""

    manner = forms.ChoiceField(
        label=_("E-mail about notices"), choices=MailManner.choices, widget=forms.RadioSelect
    )


class NewestForm(forms.Form):
    """Up to which notice all are marked as read."""

    newest = forms.UUIDField(widget=forms.HiddenInput)
