"""Questions that a list page can be asked; an empty field asks nothing."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core.errors import Text
from apps.core.jurisdictions import jurisdictions
from apps.institutions.models import SeatTerm
from apps.institutions.sectors import Sector
from apps.listings.models import LineageEdge
from apps.listings.services.disputes import DISPUTABLE
from apps.policy.selectors import uses
from apps.policy.states import RuleState, StatuteKind
from apps.reviews.states import VerdictKind
from apps.voting.states import Choice, Interest


def use_choices() -> list[tuple[str, Text]]:
    """Return the list of uses for a select."""
    return [("", _("any use")), *((use.slug, use.name) for use in uses())]


def place_choices() -> list[tuple[str, Text]]:
    """Return the jurisdictions for a select: groups first, then territories by name."""
    places = jurisdictions().values()
    ordered = sorted(places, key=lambda place: (not place.members, place.name))
    return [("", _("everywhere")), *((place.code, place.name) for place in ordered)]


class AskForm(forms.Form):
    """The question that a listing's page answers first."""

    use = forms.ChoiceField(label=_("Use"), required=False, choices=use_choices)
    place = forms.ChoiceField(label=_("Jurisdiction"), required=False, choices=place_choices)


class DisputeForm(forms.Form):
    """What is wrong on a listing's page: one fact, or one line of descent."""

    subject = forms.ChoiceField(label=_("Which entry?"))
    statement = forms.CharField(
        label=_("What is wrong with it, and what is right?"),
        help_text=_("In your own words. Name no private person."),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    evidence = forms.URLField(
        label=_("A link that shows it"), required=False, max_length=500, assume_scheme="https"
    )

    def __init__(self, *args: Any, lineage: Iterable[LineageEdge], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        edges = [(str(edge.pk), edge.parent_name) for edge in lineage]
        facts = [(fact, fact_words(fact)) for fact in DISPUTABLE]
        subject = self.fields["subject"]
        if isinstance(subject, forms.ChoiceField):
            subject.choices = [(_("A fact"), facts), (_("That it was made from"), edges)]


def fact_words(fact: str) -> str:
    """Return the name of a fact as a reader knows it."""
    return fact.replace("_", " ").capitalize()


class GazetteForm(forms.Form):
    """Which rules to show."""

    all_optional = True

    q = forms.CharField(label=_("Words"), required=False, max_length=200)
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("all")), *RuleState.choices]
    )
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("all")), *StatuteKind.choices]
    )
    use = forms.ChoiceField(label=_("For the use"), required=False, choices=use_choices)
    place = forms.ChoiceField(label=_("In"), required=False, choices=place_choices)


class VoteForm(forms.Form):
    """The paper of a seat."""

    choice = forms.ChoiceField(
        label=_("Mark one"), choices=Choice.choices, widget=forms.RadioSelect
    )


class RecusalForm(forms.Form):
    """Why a seat steps aside."""

    interest = forms.ChoiceField(
        label=_("Which interest?"), choices=Interest.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("In your own words"),
        help_text=_("Published with your seat. Name no private person."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class VerdictForm(forms.Form):
    """What a reviewer finds."""

    kind = forms.ChoiceField(
        label=_("What do you find?"), choices=VerdictKind.choices, widget=forms.RadioSelect
    )
    reasons = forms.CharField(
        label=_("Your reasons"),
        help_text=_("Published with your name. Name the clause you mean, and what would mend it."),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class DeclineForm(forms.Form):
    """Why no verdict will come."""

    reason = forms.CharField(
        label=_("Why not?"), help_text=_("Published with your name."), max_length=500
    )


class ReviewerForm(forms.Form):
    """Whom to ask: someone who sits in a chamber, or anyone with an account."""

    seat = forms.ChoiceField(label=_("Who sits in a chamber"), required=False)
    reviewer = forms.CharField(
        label=_("Or someone else, by e-mail address"),
        required=False,
        max_length=254,
        widget=forms.EmailInput,
    )

    def __init__(self, *args: Any, seats: Iterable[SeatTerm], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seat = self.fields["seat"]
        if isinstance(seat, forms.ChoiceField):
            seat.choices = [("", _("nobody of these")), *(_seat_choice(term) for term in seats)]

    def clean(self) -> dict[str, Any]:
        """Let one of the two name the person."""
        given = super().clean() or {}
        if bool(given.get("seat")) == bool(given.get("reviewer")):
            raise forms.ValidationError(_("Choose a seat, or give an address: one of the two."))
        return given

    @property
    def named(self) -> str:
        """How the person is named: by seat or address."""
        return str(self.cleaned_data["seat"] or self.cleaned_data["reviewer"])


def _seat_choice(term: SeatTerm) -> tuple[str, str]:
    sector, number = Sector(term.chamber.sector), term.seat.number
    return f"{sector}-{number}", f"{sector.label} {number}: {term.user}"
