import pytest

from apps.licensing.names import link_key, name_key, names_nothing


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Apache 2.0", "apache-2.0"),
        ("Apache License 2.0", "APACHE_2.0"),
        ("LLaMA 2", "llama2"),
        ("CC BY-NC 4.0", "CC-BY-NC-4.0"),
        ("BigCode OpenRail-M", "BigCode  OpenRAIL m"),
    ],
)
def test_two_spellings_of_one_name_are_equal(one, other):
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("openrail", "openrail++"), ("CC-BY-4.0", "CC-BY-NC-4.0"), ("llama3", "llama3.1")],
)
def test_two_licences_are_not_mixed_up(one, other):
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize("text", ["other", " Unknown ", "", "none", "custom"])
def test_some_words_name_nothing(text):
    assert names_nothing(text)


def test_a_name_in_another_script_is_a_name():
    assert name_key("स्टूडियो लाइसेंस 3") != name_key("百度 许可")
    assert not names_nothing("百度")
    assert names_nothing("---")


def test_addresses_are_compared_without_scheme_and_slash():
    assert link_key("https://www.Apache.org/licenses/LICENSE-2.0/") == link_key(
        "http://apache.org/licenses/license-2.0"
    )
    assert link_key("LICENSE") == ""
