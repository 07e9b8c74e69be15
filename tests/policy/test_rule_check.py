import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command

SIX = """
- id: EU-EMO-1
  clause: "A model inferring emotions shall not be offered for the workplace or education."
  when: listing.task == "emotion-recognition" && req.use in ["workplace", "education"]
- id: RAIL-USE-1
  clause: "A use the licence forbids shall not be served."
  when: req.use in listing.use_restrictions
- id: EVID-TOX-1
  clause: "Text generators need a toxicity evaluation not above 0.3."
  when: >-
    listing.task == "text-generation"
    && (!has(listing.eval_toxicity) || listing.eval_toxicity > param.max)
- id: GPAI-FLOP-1
  clause: "Training compute of 10^25 FLOP or more from an unverified provider is restricted."
  when: >-
    has(listing.train_flops_log10) && listing.train_flops_log10 >= 25.0
    && !listing.provider_verified
- id: MED-EVID-1
  clause: "Medical use needs a bias evaluation (gap at most 0.1) not older than 365 days."
  when: >-
    req.use == "medical" && (!has(listing.eval_bias_gap) || listing.eval_bias_gap > 0.1
    || !has(listing.eval_date) || req.date - listing.eval_date > duration("8760h"))
- id: INC-SEV-1
  clause: "Three open incidents, one of severity 4 or more, suspend the listing."
  when: listing.open_incidents >= 3 && has(listing.max_severity) && listing.max_severity >= 4
"""


def checked(path: Path, text: str) -> tuple[int, dict]:
    file, out = path / "rules.yaml", io.StringIO()
    file.write_text(text, "utf-8")
    try:
        call_command("rule_check", str(file), stdout=out)
    except SystemExit as end:
        return int(end.code or 0), json.loads(out.getvalue())
    return 0, json.loads(out.getvalue())


def test_sound_rules_pass_without_a_database(tmp_path):
    status, report = checked(tmp_path, SIX)

    assert (status, report["accepted"]) == (0, True)
    assert [rule["id"] for rule in report["rules"]] == [
        *("EU-EMO-1", "RAIL-USE-1", "EVID-TOX-1", "GPAI-FLOP-1", "MED-EVID-1", "INC-SEV-1")
    ]


BAD = [
    ("- id: A\n  when: listing.taks == 'a'", "when", "listing.taks is not in the vocabulary."),
    ("- id: A\n  when: listing.eval_toxicity > 0.3", "when", "Some listings have no eval_toxicity"),
    ("- id: A\n  when: req.use == 'medcal'", "when", "“medcal” is no value of this fact."),
    ("- id: A\n  wen: 'true'", "", "The rule has no key “when”."),
    ("- id: A\n  when: 'true'\n  uses: [medcal]", "uses", "“medcal” is not known."),
    ("- id: A\n  when: 'true'\n  effect: forbid", "", "“forbid” is no effect."),
    ("- id: A\n  when: listing.downloads > param.n\n  params: {m: 3}", "when", "param.n is not"),
    ("- id: A\n  when: listing.downloads > param.n\n  params: {n: 3.5}", "when", "int is compared"),
    (
        "- id: A\n  when: 'true'\n  clauses: [{text: x, when: 'false'}]",
        *("clauses.1", "The rule’s expression has no such part."),
    ),
    (
        "- id: A\n  when: listing.downloads > 3\n  examples:\n"
        "    - {listing: {downloads: 3}, fires: true}",
        *(
            "examples.1",
            "Example 1 is to fire, and the rule does not fire: “listing",
        ),
    ),
    ("just words", "", "A rule is a list of keys with values."),
    ("- id: [", "", "This is no YAML"),
    ("", "", "The file holds no rule"),
]


@pytest.mark.parametrize(("text", "key", "reason"), BAD)
def test_a_fault_is_told_and_the_status_is_one(tmp_path, text, key, reason):
    status, report = checked(tmp_path, text)

    [fault] = report["rules"][0]["faults"]
    assert (status, report["accepted"]) == (1, False)
    assert fault["key"] == key
    assert fault["reason"].startswith(reason)


def test_a_missing_file_is_told(tmp_path):
    out = io.StringIO()

    with pytest.raises(SystemExit):
        call_command("rule_check", str(tmp_path / "none.yaml"), stdout=out)

    assert "cannot be read" in out.getvalue()


def examples(fires: str, spared: str) -> str:
    """Six examples by downloads, as the lines of an entry."""
    rows = [(number, "true") for number in fires.split()]
    rows += [(number, "false") for number in spared.split()]
    return "  examples:\n" + "".join(
        f"    - {{listing: {{downloads: {number}}}, fires: {word}}}\n" for number, word in rows
    )


NEVER = """
- id: A
  when: req.use == "medical" && listing.downloads > 3
  uses: [workplace]
"""
TWO = f"""
- id: WIDE
  when: listing.downloads > 3
  effect: prohibit
{examples("4 5 6", "1 2 3")}
- id: NARROW
  when: listing.downloads > 30
  effect: suspend
{examples("31 32 33", "28 29 30")}
- id: APART
  when: listing.downloads < 3
  effect: suspend
{examples("0 1 2", "3 4 5")}
"""
UNEXEMPLIFIED = """
- id: BARE
  when: listing.downloads > 3
  effect: prohibit
"""


def test_what_could_be_adopted_needs_examples_of_both_kinds(tmp_path):
    status, report = checked(tmp_path, UNEXEMPLIFIED)

    faults = report["rules"][0]["faults"]
    assert status == 1
    assert [(fault["key"], fault["reason"]) for fault in faults] == [
        ("examples", "Of 3 examples that fire, 0 are written."),
        ("examples", "Of 3 examples that do not fire, 0 are written."),
    ]


def test_a_rule_that_its_scope_never_lets_fire_is_refused(tmp_path):
    status, report = checked(tmp_path, NEVER)

    [fault] = report["rules"][0]["faults"]
    assert status == 1
    assert fault["key"] == "when"
    assert fault["reason"].endswith("so the rule can never fire.")


def test_rules_checked_together_are_held_against_one_another(tmp_path):
    status, report = checked(tmp_path, TWO)

    assert status == 1
    assert [rule["accepted"] for rule in report["rules"]] == [True, False, True]
    assert report["rules"][1]["faults"][0]["reason"].startswith("Wherever this fires, WIDE fires")
