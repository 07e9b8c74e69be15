"""Questions that a list page can be asked; an empty field asks nothing."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core.errors import Text
from apps.core.jurisdictions import jurisdictions
from apps.policy.selectors import uses
from apps.policy.states import RuleState, StatuteKind


def use_choices() -> list[tuple[str, Text]]:
    """Return the list of uses for a select."""
    return [("", _("any use")), *((use.slug, use.name) for use in uses())]


def place_choices() -> list[tuple[str, Text]]:
    """Return the jurisdictions for a select: groups first, then territories by name."""
    places = jurisdictions().values()
    ordered = sorted(places, key=lambda place: (not place.members, place.name))
    return [("", _("everywhere")), *((place.code, place.name) for place in ordered)]


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
