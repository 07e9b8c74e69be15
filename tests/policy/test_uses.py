import pytest
from django.utils.translation import override

from apps.policy.models import Use

FIRST = [
    "general",
    "workplace",
    "education",
    "medical",
    "law-enforcement",
    "marketing",
    "finance",
    "research",
]


@pytest.mark.django_db
def test_the_list_of_uses_is_loaded_in_order_with_both_names():
    uses = list(Use.objects.all())

    assert len(uses) == 20
    assert [use.position for use in uses] == list(range(20))
    assert set(FIRST) <= {use.slug for use in uses}
    with override("hi"):
        assert str(Use.objects.get(slug="medical")) == "चिकित्सा"
    assert str(Use.objects.get(slug="medical")) == "Medical"
