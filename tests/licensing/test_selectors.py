import datetime as dt

import pytest

from apps.licensing.errors import LicenceUnknown
from apps.licensing.selectors import (
    conditions_of,
    licence,
    licence_names,
    licence_resolve,
    uses_forbidden,
)

DAY = dt.date(2026, 11, 23)
RESOLVED = {
    "apache-2.0": "apache-2.0",
    "Apache 2.0": "apache-2.0",
    "LLaMA2": "llama2",
    "Llama 3.1 Community License Agreement": "llama3.1",
    "BigScience RAIL v1.0": "bigscience-bloom-rail-1.0",
    "OpenRail++": "openrail++",
    "LicenseRef-scancode-gemma-tou-2025-03-24": "gemma",
    "CC BY-NC 4.0": "cc-by-nc-4.0",
}
UNRESOLVED = [
    "openrail",
    "OpenRAIL",
    "other",
    "unknown",
    "",
    "CC-BY-NC",
    "Jamba Open Model License",
]


@pytest.mark.django_db
@pytest.mark.parametrize(("text", "slug"), RESOLVED.items())
def test_a_licence_is_found_under_its_spellings(text, slug):
    assert licence_resolve(text).id == slug
    assert licence_names().resolve(text) == slug


@pytest.mark.django_db
@pytest.mark.parametrize("text", UNRESOLVED)
def test_a_name_that_is_no_ones_resolves_to_nothing(text):
    assert licence_resolve(text) is None
    assert licence_names().resolve(text) is None


@pytest.mark.django_db
def test_a_known_address_resolves_a_strange_name_but_never_a_family_tag():
    address = (
        "https://www.nvidia.com/en-us/agreements/enterprise-software/nvidia-open-model-license/"
    )

    assert licence_resolve("nvidia terms", address).id == "nvidia-open-model"
    assert licence_names().resolve("nvidia terms", address) == "nvidia-open-model"
    assert licence_resolve("openrail", address) is None
    assert licence_names().resolve("openrail", address) is None
    assert licence_resolve("other", address) is None


@pytest.mark.django_db
def test_restriction_codes_become_uses_where_the_table_says_so():
    assert uses_forbidden("creativeml-openrail-m", DAY) == [
        "automated-decisions",
        "disinformation",
        "harassment",
        "law-enforcement",
        "medical",
        "social-scoring",
    ]
    assert uses_forbidden("apache-2.0", DAY) == []
    assert uses_forbidden("creativeml-openrail-m", dt.date(2022, 5, 18)) == []


@pytest.mark.django_db
def test_a_code_without_a_use_binds_as_a_condition():
    codes = [row.restriction_id for row in conditions_of("creativeml-openrail-m", DAY)]

    assert codes == ["LAW", "MIN", "PII", "PRO", "VUL"]


@pytest.mark.django_db
def test_an_unknown_licence_is_named(django_assert_num_queries):
    with django_assert_num_queries(3):
        assert licence("llama2").monthly_users_below == 700_000_000
    with pytest.raises(LicenceUnknown):
        licence("no-such-licence")
