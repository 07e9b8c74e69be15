import pytest

from apps.compliance.services import reassess
from apps.policy.services import ParameterDraft
from apps.sarkar.selectors import impact_of
from apps.sarkar.selectors.desk import touched_counts
from tests.factories import listings
from tests.factories.policy import entered, rule_draft

pytestmark = pytest.mark.django_db

DRAFTS = [
    ('listing.task == "asr"', {}, 2),
    ('listing.task == "asr" && req.use == "medical"', {}, 2),
    ('listing.task == "asr" && req.use in listing.tags', {"uses": ["finance"]}, 0),
    ('req.jurisdiction == "FR" && !listing.has_model_card', {"jurisdictions": ["EU"]}, 3),
    ('req.jurisdiction == "FR" && "fr" in listing.tags', {"jurisdictions": ["EU"]}, 0),
    ("has(listing.params_b) && listing.params_b > param.size", {"size": "6.5"}, 1),
    ("!has(listing.eval_age_days) || listing.eval_age_days > 3", {}, 3),
    ('listing.task_provenance == "declared"', {}, 3),
]


@pytest.mark.parametrize(("expression", "changes", "touched"), DRAFTS)
def test_a_draft_would_touch_what_it_touches_once_it_is_entered(expression, changes, touched):
    listings.listing(task="asr", name="Vani")
    listings.listing(task="asr", name="Bol", params_b=7.0)
    listings.listing(task="translation", name="Anuvad")
    reassess()
    size = changes.pop("size", None) if (changes := dict(changes)) else None
    parameters = [ParameterDraft(name="size", value=size)] if size else []
    draft = rule_draft(expression, jurisdictions=[], parameters=parameters)
    draft = rule_draft(**vars_of(draft) | changes)

    impact = impact_of(draft)
    version = entered(draft)
    reassess()

    assert impact is not None
    assert (impact.touched, impact.listed) == (touched, 3)
    assert touched_counts([version]).get(version.pk, 0) == touched


def vars_of(draft):
    names = draft.__dataclass_fields__.keys() - {"examples"}
    return {name: getattr(draft, name) for name in names}


def test_samples_are_named_and_the_rest_is_counted():
    for number in range(7):
        listings.listing(task="asr", name=f"Model {number}")
    reassess()

    impact = impact_of(rule_draft('listing.task == "asr"'))

    assert impact is not None
    assert [name for _code, name in impact.samples] == [f"Model {n}" for n in range(5)]
    assert impact.others == 2


def test_a_draft_that_asks_about_every_territory_is_not_counted_on_a_page():
    expression = "req.jurisdiction == listing.provider_country && req.use in listing.tags"

    narrow = impact_of(rule_draft(expression, jurisdictions=["IN"]))

    assert narrow is not None
    assert (narrow.touched, narrow.listed) == (0, 0)
    assert impact_of(rule_draft(expression, jurisdictions=[])) is None
