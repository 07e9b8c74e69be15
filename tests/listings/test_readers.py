import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.listings.readers import RowRead, read_changes, rows_of
from apps.listings.readers.front_matter import FrontMatterRefused, front_matter
from tests.factories import listings as make

BOMB = "a: &a [x]\n" + "\n".join(f"b{n}: [*a, *a]" for n in range(9))


def read(name: str, text: str | bytes, card_id: str = "") -> list[RowRead]:
    body = text if isinstance(text, bytes) else text.encode()
    return list(rows_of(name, io.BytesIO(body), default_source="own", card_id=card_id))


def card(head: str) -> RowRead:
    [row] = read("README.md", f"---\n{head}\n---\n# Lumen", "prism/lumen")
    return row


def line(row: object) -> RowRead:
    [read_row] = read("rows.jsonl", json.dumps(row))
    return read_row


def fields_at_fault(row: RowRead) -> set[str]:
    assert row.draft is None
    return {fault.field for fault in row.faults}


def test_no_stays_text_and_only_true_and_false_are_truth_values():
    assert front_matter("---\na: no\nb: yes\nc: on\nd: true\ne: False\nf: 2024-05-31\n---\n") == {
        "a": "no",
        "b": "yes",
        "c": "on",
        "d": True,
        "e": False,
        "f": "2024-05-31",
    }


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("# no front matter", "does not begin"),
        (f"---\n{BOMB}\n---\n", "Anchors and aliases"),
        ("---\na: !!python/object:os.system x\n---\n", "Tags"),
        ("---\na: 1\na: 2\n---\n", "stands twice"),
        ("---\n- a\n- b\n---\n", "no mapping"),
        ("---\na: [1\n---\n", "not YAML"),
        ("---\na: " + "[" * 20 + "]" * 20 + "\n---\n", "nested deeper"),
        ("---\na: '" + "x" * 70_000 + "'\n---\n", "64 KiB"),
        ("---\na: [" + "1," * 21_000 + "]\n---\n", "too many values"),
        ("---\na: 1", "does not begin"),
    ],
)
def test_traps_of_yaml_are_refused(text, why):
    with pytest.raises(FrontMatterRefused, match=why):
        front_matter(text)


def test_an_empty_head_is_an_empty_mapping():
    assert front_matter("---\n---\nText") == {}
    assert front_matter("\ufeff---\r\na: b\r\n---\r\n") == {"a": "b"}


def test_a_card_is_read():
    draft = card(
        "license: other\nlicense_name: nvidia-open-model-license\nbase_model: meta/base\n"
        "base_model_relation: adapter\ntags: [lora]\nlanguage: no\npipeline_tag: text-generation\n"
        "datasets: [corpus]\n"
        "model-index:\n- name: x\n  results:\n  - dataset: {type: gsm8k}\n"
        "    metrics:\n    - {type: accuracy, value: 0.5}\n    - {type: elo, value: best}\n"
    ).draft

    assert (draft.source, draft.external_id, draft.provider) == (
        "huggingface",
        "prism/lumen",
        "prism",
    )
    assert (draft.licence_text, draft.languages) == ("nvidia-open-model-license", ("no",))
    assert [(parent.name, parent.kind, parent.relation) for parent in draft.parents] == [
        ("meta/base", "weights", "adapter"),
        ("corpus", "data", ""),
    ]
    assert [(test.kind, test.score, test.dataset) for test in draft.evaluations] == [
        ("accuracy", 0.5, "gsm8k")
    ]


@pytest.mark.parametrize(
    ("head", "field"),
    [
        ("language: false", "language"),
        ("license: 3", "license"),
        ("tags: lora", "tags"),
        ("base_model_relation: stolen", "base_model_relation"),
        ("base_model: [1, 2]", "base_model"),
        ("pipeline_tag: [a]", "pipeline_tag"),
        ("model-index: 7", "model-index"),
        ("model-index: [{name: x, results: no}]", "model-index"),
        ("model-index: [{results: [{metrics: [{type: a, value: .inf}]}]}]", "model-index"),
    ],
)
def test_a_wrong_type_is_named_with_its_field(head, field):
    assert field in fields_at_fault(card(head))


def test_a_card_without_a_name_is_refused_and_an_old_one_has_no_owner():
    assert fields_at_fault(line({"id": None, "metadata": {}})) == {"id"}
    assert line({"id": "gpt2", "metadata": {}}).draft.provider == "Provider not stated"
    assert fields_at_fault(line({"id": "a/b", "metadata": [1]})) == {"metadata"}


def test_an_ecosystem_row_is_read():
    draft = line(
        {
            "name": "COSMO",
            "organisation": "AI2",
            "country": "USA",
            "created": "2023-05-24",
            "licence_as_written": None,
            "access": "open",
            "modality_in": ["text", "unknown"],
            "parameters": 11_000_000_000,
            "dependencies": [
                {"name": "SODA", "resolved": "SODA", "type": "dataset"},
                {"name": "T5 large", "resolved": "T5", "type": "model"},
                {"name": "T5", "resolved": None, "type": None},
            ],
            "monitoring": "stated",
            "feedback": "absent",
            "model_card": "unknown",
            "url": "none",
            "source_file": "assets/ai2.yaml",
        }
    ).draft

    assert draft.external_id == "assets/ai2.yaml#COSMO"
    assert (draft.provider_country, draft.params_b, draft.card_url) == ("US", 11.0, "")
    assert (draft.statements, draft.has_model_card) == (("monitoring",), None)
    assert [(parent.name, parent.kind) for parent in draft.parents] == [
        ("SODA", "data"),
        ("T5", "unstated"),
    ]


OWN = {"external_id": "a", "name": "A", "provider": "P"}


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({}, "external_id"),
        (OWN | {"licence": "mit"}, "licence"),
        (OWN | {"name": "x" * 201}, "name"),
        (OWN | {"name": "a\x00b"}, "name"),
        (OWN | {"name": "\ud800"}, "name"),
        (OWN | {"downloads": 1.5}, "downloads"),
        (OWN | {"downloads": 2**70}, "downloads"),
        (OWN | {"params_b": True}, "params_b"),
        (OWN | {"params_b": "7"}, "params_b"),
        (OWN | {"released_date": "31.5.2024"}, "released_date"),
        (OWN | {"access": "free"}, "access"),
        (OWN | {"has_model_card": "yes"}, "has_model_card"),
        (OWN | {"card_url": "javascript:alert(1)"}, "card_url"),
        (OWN | {"weight_digest": "md5:abc"}, "weight_digest"),
        (OWN | {"provider_country": "India"}, "provider_country"),
        (OWN | {"source": "a b"}, "source"),
        (OWN | {"tags": ["a"] * 1001}, "tags"),
        (OWN | {"parents": [{"name": "x", "kind": "friend"}]}, "kind"),
        (OWN | {"parents": "x"}, "parents"),
        (OWN | {"evaluations": [{"kind": "a"}]}, "score"),
    ],
)
def test_our_own_shape_is_strict(row, field):
    assert fields_at_fault(line(row)) == ({field} if row else {"external_id", "name", "provider"})


def test_a_mistyped_field_is_told_which_is_meant():
    [fault] = line(OWN | {"licence_txt": "mit"}).faults

    assert fault.remedy == "Is licence_text meant?"


def test_a_digest_has_one_spelling():
    for text in ("A" * 64, "SHA256:" + "a" * 64):
        assert line(OWN | {"weight_digest": text}).draft.weight_digest == "sha256:" + "a" * 64


@pytest.mark.parametrize("text", ["{oops", "[1, 2]", "NaN", '{"a": NaN}', "[" * 100_000, '"x"'])
def test_a_line_that_is_no_object_is_named_and_the_next_is_read(text):
    first, second = read("rows.jsonl", f"{text}\n\n{json.dumps(OWN)}")

    assert (first.line, first.draft) == (1, None)
    assert (second.line, second.draft.name) == (3, "A")


def test_a_table_is_text_and_a_formula_stays_one():
    text = (
        "external_id,name,provider,languages,downloads,has_model_card,parents\n"
        '1,=HYPERLINK("x"),@P,en; hi,5,TRUE,"[{""name"": ""Base""}]"\n'
        "2,A,P,,five,,\n"
        "3,A\n"
    )

    good, bad, short = read("rows.csv", text)

    assert (good.draft.name, good.draft.provider) == ('=HYPERLINK("x")', "@P")
    assert fields_at_fault(bad) == {"downloads"}
    assert fields_at_fault(short) == {""}


def test_a_byte_that_is_not_utf_8_costs_its_line_alone():
    lines = [b'\xef\xbb\xbf{"external_id": "1", "name": "A", "provider": "P"}', b"",
        '{"external_id": "2", "name": "é'.encode() + b'\xe9", "provider": "P"}',
        '{"external_id": "3", "name": "é", "provider": "P"}'.encode()]  # fmt: skip

    first, bad, last = read("rows.jsonl", b"\r\n".join(lines))

    assert (first.line, first.external_id) == (1, "1")
    assert (bad.line, bad.draft) == (3, None)
    assert bad.faults[0].reason == "Byte 33 of this line (0xE9) is not UTF-8."
    assert lines[2][32] == 0xE9
    assert (last.line, last.draft.name) == (4, "é")


def test_a_byte_that_is_not_utf_8_costs_one_row_of_a_table():
    table = b'external_id,name,provider\n1,A,P\n2,"B\nC\xff",P\n3,D,P\n'

    first, bad, last = read("rows.csv", table)

    assert (first.external_id, last.external_id) == ("1", "3")
    assert (bad.line, bad.draft) == (4, None)
    assert bad.faults[0].reason == "Byte 2 of this line (0xFF) is not UTF-8."


def test_a_table_whose_heading_is_not_utf_8_cannot_be_read():
    [row] = read("rows.csv", b"external_id,nam\xe9,provider\n1,A,P\n")

    assert (row.line, row.faults[0].reason) == (1, "Byte 16 of this line (0xE9) is not UTF-8.")


def test_a_card_that_is_not_utf_8_says_where():
    [row] = read("README.md", b"---\nlicense: mit\nname: \xe9\n---\n")

    assert row.faults[0].reason == "Byte 7 of line 3 (0xE9) is not UTF-8."


def test_a_draft_read_back_and_told_anew_is_the_same():
    draft = make.draft(tags=("a",), languages=("en",), downloads=4)

    assert read_changes(draft, {}).draft == draft
    assert read_changes(draft, {"downloads": None}).draft.downloads is None


@settings(max_examples=300, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from([*OWN, "tags", "downloads", "parents", "evaluations", "access", "x"]),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(st.text(max_size=5), inner, max_size=3)
            ),
            max_leaves=8,
        ),
    )
)
def test_whatever_is_sent_is_a_draft_or_has_faults(row):
    for read_row in read("rows.jsonl", json.dumps(row)):
        assert (read_row.draft is None) == bool(read_row.faults)
