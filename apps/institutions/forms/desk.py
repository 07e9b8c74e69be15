"""What administrators, clerks and registrars fill in."""

import datetime as dt
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.core.jurisdictions import EVERYWHERE, jurisdictions
from apps.institutions.offices import Office, Subject
from apps.institutions.sectors import Sector

NO_CHAMBER = ("", _("no chamber"))
MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


def _places() -> list[tuple[str, Any]]:
    named = sorted((place.name, place.code) for place in jurisdictions().values())
    return [(EVERYWHERE, _("everywhere")), *((code, name) for name, code in named)]


class LastDayField(forms.DateField):
    """A last day; it becomes the moment at which that day is over in the portal's zone."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def to_python(self, value: Any) -> Any:
        """Return the first moment after the day, aware, or nothing."""
        day = super().to_python(value)
        if day is None:
            return None
        return timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=1), dt.time()))


class PersonField(forms.EmailField):
    """A person, by the address of the account."""

    def __init__(self, **options: Any) -> None:
        super().__init__(label=_("E-mail address of the account"), **options)


class OfficeForm(forms.Form):
    """An office to be given."""

    email = PersonField()
    office = forms.ChoiceField(label=_("Office"), choices=Office.choices)
    sector = forms.ChoiceField(
        label=_("Chamber"),
        choices=[NO_CHAMBER, *Sector.choices],
        required=False,
        help_text=_("A chair and a teller need one."),
    )
    until_at = LastDayField(label=_("Last day, if there is one"), required=False)


class MandateForm(forms.Form):
    """A mandate to be recorded."""

    email = PersonField()
    place = forms.ChoiceField(label=_("Jurisdiction"))
    subject = forms.ChoiceField(label=_("Subject"), choices=Subject.choices)
    legal_basis = forms.CharField(label=_("Legal basis"), max_length=300)
    until_at = LastDayField(label=_("Last day, if there is one"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["place"]).choices = _places()


class ShiftForm(forms.Form):
    """A duty shift to be entered; its moments are those of the portal's zone."""

    email = PersonField()
    place = forms.ChoiceField(label=_("Jurisdiction"))
    from_at = forms.DateTimeField(label=_("From"), widget=MOMENT)
    until_at = forms.DateTimeField(label=_("Until"), widget=MOMENT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["place"]).choices = _places()


class SeatOfferForm(forms.Form):
    """A seat to be offered by invitation."""

    email = PersonField()
    sector = forms.ChoiceField(label=_("Chamber"), choices=Sector.choices)
    number = forms.IntegerField(label=_("Seat"), min_value=1, max_value=1000)
    until_at = LastDayField(label=_("Last day of the term"))
    basis = forms.CharField(label=_("How appointed or elected"), max_length=300)


class SeatForm(SeatOfferForm):
    """An appointment to be recorded."""

    organisation = forms.CharField(
        label=_("Reference code of the organisation, where one named the person"),
        max_length=20,
        required=False,
    )


class PersonSuspensionForm(forms.Form):
    """A person to be suspended."""

    email = PersonField()
    reason = forms.CharField(
        label=_("Reason, as the person reads it"), widget=forms.Textarea, max_length=2000
    )
    until_at = LastDayField(label=_("Last day, if there is one"), required=False)


class OrganisationSuspensionForm(forms.Form):
    """An organisation to be suspended."""

    organisation = forms.CharField(label=_("Reference code"), max_length=20)
    reason = forms.CharField(
        label=_("Reason, as its members read it"), widget=forms.Textarea, max_length=2000
    )


class ErasureForm(forms.Form):
    """An answer to a request for erasure."""

    answer = forms.CharField(
        label=_("Answer, as the person reads it"), widget=forms.Textarea, max_length=2000
    )
    done = forms.TypedChoiceField(
        label=_("Decision"),
        choices=[("yes", _("Erase")), ("no", _("Refuse"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )


class OrganisationAnswerForm(forms.Form):
    """A registrar's answer to a registration."""

    owner_group = forms.CharField(
        label=_("Owner group, where others control it"), max_length=200, required=False
    )
    confirmed = forms.TypedChoiceField(
        label=_("Decision"),
        choices=[("yes", _("Confirm")), ("no", _("Refuse"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
