"""Components: each says in words what it shows, and lets no markup in from values."""

import pytest
from django import forms
from django.template import Context, Template
from django_cotton.compiler_regex import CottonCompiler

from apps.core.errors import Conflict


def rendered(source: str, **values: object) -> str:
    return Template(CottonCompiler().process(source)).render(Context(values))


@pytest.mark.parametrize(
    ("slug", "words", "mark"),
    [
        ("allow", "Allowed", "outcome--allowed"),
        ("condition", "With conditions", "outcome--condition"),
        ("restrict", "Restricted", "outcome--restricted"),
        ("suspend", "Suspended", "outcome--suspended"),
        ("prohibit", "Prohibited", "outcome--prohibited"),
    ],
)
def test_outcome_says_its_word(slug: str, words: str, mark: str) -> None:
    badge = rendered('<c-outcome :of="slug" />', slug=slug)

    assert badge.strip() == f'<span class="outcome {mark}">{words}</span>'


def test_outcome_that_only_would_be_is_marked_as_such() -> None:
    badge = rendered('<c-outcome of="suspend" would />')

    assert "Would be suspended" in badge
    assert "outcome--would" in badge


def test_cite_links_to_the_clause_as_it_stood() -> None:
    cite = rendered(
        '<c-cite rule="12" clause="3" version="2" href="/rules/R-00012-X/v2/#clause-3" />'
    )

    assert cite.strip() == (
        '<a class="cite" href="/rules/R-00012-X/v2/#clause-3">Rule 12 §3 v2</a>'
    )


def test_values_are_escaped() -> None:
    fact = rendered('<c-fact :name="name">{{ value }}</c-fact>', name="<b>", value="<i>")

    assert "<b>" not in fact
    assert "<i>" not in fact


class Question(forms.Form):
    name = forms.CharField(label="Name", help_text="As it is written.")
    harm = forms.MultipleChoiceField(
        label="Harm", choices=[("a", "A"), ("b", "B")], widget=forms.CheckboxSelectMultiple
    )
    sure = forms.BooleanField(label="I am sure")


def test_form_ties_hints_and_errors_to_their_fields() -> None:
    html = rendered('<c-form :form="form" submit="Send" />', form=Question({}))

    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html
    assert 'id="id_harm" aria-describedby="id_harm_error"' in html


def test_error_summary_links_to_each_field() -> None:
    html = rendered('<c-form :form="form" submit="Send" />', form=Question({}))

    assert "Not saved: 3 things need another look" in html
    for field in ("id_name", "id_harm", "id_sure"):
        assert f'<a href="#{field}">' in html


def test_refusal_says_what_to_do() -> None:
    refusal = Conflict("It is closed.", remedy="Open another.")

    html = rendered('<c-errors :refusal="refusal" />', refusal=refusal)

    assert "This cannot be done in the present state." in html
    assert "It is closed." in html
    assert "Open another." in html
