"""What people fill in about themselves and their organisations."""

from typing import Any, cast

from allauth.account.forms import SignupForm as AllauthSignupForm
from allauth.account.internal.flows.signup import prevent_enumeration
from allauth.account.utils import setup_user_email
from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from apps.core.actor import ANONYMOUS
from apps.core.errors import DomainError
from apps.core.jurisdictions import jurisdictions
from apps.institutions.errors import AddressTaken
from apps.institutions.models import Membership, Organisation, Role, User
from apps.institutions.scopes import SCOPE_WORDS
from apps.institutions.sectors import Sector
from apps.institutions.services import person_register
from apps.institutions.services.tokens import LONGEST_DAYS


class SignupForm(AllauthSignupForm):
    """Open an account: allauth checks the fields, our service makes the person and the act."""

    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        required=False,
        help_text=_("Shown beside what you do in an office. You can leave it empty."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ["email", "name", "password1", "password2"]

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """Answer a taken address as a free one, also where two sign up at the same moment."""
        try:
            return super().try_save(request)
        except AddressTaken:
            return None, prevent_enumeration(request, email=self.cleaned_data["email"])

    def save(self, request: HttpRequest) -> User:
        """Register the person; the address is still to be checked."""
        user = person_register(
            actor=ANONYMOUS,
            email=self.cleaned_data["email"],
            name=self.cleaned_data["name"],
            password=self.cleaned_data["password1"],
            language=get_language() or settings.LANGUAGE_CODE,
        )
        setup_user_email(request, user, [])
        return user


def add_refusal(form: forms.Form, refused: DomainError) -> None:
    """Show a service's refusal in the form that caused it, at its field where it has one."""
    named = refused.faults[0].field if refused.faults else ""
    words = f"{refused.reason} {refused.remedy}".strip()
    form.add_error(named if named in form.fields else None, words)


class ProfileForm(forms.ModelForm):
    """A person's own name and language."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    class Meta:
        model = User
        fields = ["name", "language"]


class TokenForm(forms.Form):
    """A new token."""

    name = forms.CharField(
        label=_("What is it for?"),
        max_length=80,
        help_text=_("For example: price comparison server."),
    )
    organisation = forms.ModelChoiceField(
        label=_("Acts for"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("only me"),
        to_field_name="code",
    )
    scopes = forms.MultipleChoiceField(
        label=_("What may it do?"),
        choices=[(scope.value, words) for scope, words in SCOPE_WORDS.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    days = forms.IntegerField(
        label=_("Valid for how many days?"), min_value=1, max_value=LONGEST_DAYS, initial=90
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = Membership.objects.held().filter(user=person).values("organisation")
        organisation = cast("forms.ModelChoiceField", self.fields["organisation"])
        organisation.queryset = Organisation.objects.filter(pk__in=held)


class OrganisationForm(forms.Form):
    """An organisation to be registered."""

    name = forms.CharField(label=_("Name, as registered"), max_length=200)
    sector = forms.ChoiceField(label=_("Sector"), choices=Sector.choices)
    place = forms.ChoiceField(label=_("Jurisdiction in which it is registered"))
    website = forms.URLField(
        label=_("Website"), max_length=300, required=False, assume_scheme="https"
    )
    email_domain = forms.RegexField(
        label=_("E-mail domain"),
        regex=r"^@?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$",
        max_length=200,
        required=False,
        help_text=_("For example works.example: an address there proves claims to listings."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = [(place.name, place.code) for place in jurisdictions().values()]
        named = [(code, name) for name, code in sorted(places)]
        cast("forms.ChoiceField", self.fields["place"]).choices = named


class InterestForm(forms.Form):
    """A particular interest to be declared."""

    organisation = forms.CharField(
        label=_("Reference code of the organisation"), max_length=20, required=False
    )
    matter = forms.CharField(
        label=_("or of the listing, rule or case"), max_length=20, required=False
    )
    interest = forms.CharField(
        label=_("What is the interest?"),
        max_length=500,
        help_text=_("For example: I worked there until March."),
    )


class InvitationForm(forms.Form):
    """A colleague to be invited."""

    email = forms.EmailField(label=_("E-mail address"))
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.MEMBER)
