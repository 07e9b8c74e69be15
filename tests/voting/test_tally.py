"""The count against a second one, written from the words of the rules and nothing else."""

import json
import random
from fractions import Fraction

import pytest
from django.core.management import call_command

from apps.voting.tally import Chamber, FileMalformed, concurrent_majority, count_file

HALF, THIRD = Fraction(1, 2), Fraction(1, 3)


def chamber(yes=0, no=0, abstain=0, *, roll=9, recused=0):
    return Chamber(roll=roll, recused=recused, yes=yes, no=no, abstain=abstain)


def outcome(*chambers, quorum=THIRD, threshold=HALF):
    named = dict(zip(("samaj", "sarkar", "bazaar"), chambers, strict=False))
    return concurrent_majority(named, quorum=quorum, threshold=threshold)


YES = chamber(yes=9)


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (chamber(yes=2, no=1), "carried"),
        (chamber(yes=2, no=2), "not-carried"),
        (chamber(yes=1, abstain=2), "carried"),
        (chamber(yes=2), "no-quorum"),
        (chamber(abstain=3), "not-carried"),
        (chamber(yes=2, roll=9, recused=3), "carried"),
        (chamber(yes=1, roll=9, recused=3), "no-quorum"),
        (chamber(yes=1, no=1, roll=4, recused=2), "not-carried"),
        (chamber(roll=4, recused=3), "carried"),
        (chamber(roll=0), "no-quorum"),
    ],
)
def test_what_a_third_chamber_makes_of_two_that_carry(last, expected):
    assert outcome(YES, YES, last).outcome == expected


def test_two_thirds_must_be_exceeded_where_a_chamber_cannot_decide():
    aside = chamber(roll=9, recused=5)

    assert outcome(chamber(yes=6, no=3), YES, aside).outcome == "not-carried"
    assert outcome(chamber(yes=7, no=2), YES, aside).outcome == "carried"
    assert outcome(aside, YES, aside).outcome == "no-quorum"


def test_a_missing_quorum_goes_before_a_no():
    assert outcome(chamber(no=9), chamber(yes=1), YES).outcome == "no-quorum"


def plainly(chambers, quorum, threshold):
    """The same law in other words: count heads one by one, multiply out, no classes of ours."""
    floor_broken = [name for name, c in chambers.items() if c["recused"] > c["roll"] - c["recused"]]
    over, under = threshold
    if floor_broken and 2 * under > over * 3:
        over, under = 2, 3
    verdicts = {}
    for name, c in chambers.items():
        heads = ["y"] * c["yes"] + ["n"] * c["no"] + ["a"] * c["abstain"]
        base = c["roll"] - c["recused"]
        said = [head for head in heads if head != "a"]
        if name in floor_broken:
            verdicts[name] = "cannot-decide"
        elif c["roll"] == 0 or quorum[1] * len(heads) < quorum[0] * base:
            verdicts[name] = "no-quorum"
        elif under * said.count("y") > over * len(said):
            verdicts[name] = "carried"
        else:
            verdicts[name] = "not-carried"
    deciding = {name: v for name, v in verdicts.items() if v != "cannot-decide"}
    if len(deciding) < 2 or "no-quorum" in deciding.values():
        return "no-quorum", verdicts
    return ("not-carried" if "not-carried" in deciding.values() else "carried"), verdicts


def drawn(dice):
    roll = dice.choice([0, 1, 2, 3, 4, 5, 9, 12, 24, 300])
    recused = dice.randint(0, roll) if dice.random() < 0.5 else 0
    present = dice.randint(0, roll - recused)
    yes = dice.randint(0, present)
    if dice.random() < 0.3:
        yes = present // 2
    no = dice.randint(0, present - yes) if dice.random() < 0.7 else min(yes, present - yes)
    abstain = dice.randint(0, present - yes - no)
    return {"roll": roll, "recused": recused, "yes": yes, "no": no, "abstain": abstain}


def test_ten_thousand_ballots_count_the_same_twice():
    dice = random.Random(20261123)
    seen = set()
    for _ in range(10_000):
        chambers = {name: drawn(dice) for name in ("samaj", "sarkar", "bazaar")}
        quorum = dice.choice([(0, 1), (1, 3), (1, 2), (2, 3), (1, 1)])
        threshold = dice.choice([(1, 2), (2, 3), (3, 4)])
        told = {
            "method": "concurrent-majority",
            "quorum": f"{quorum[0]}/{quorum[1]}",
            "threshold": f"{threshold[0]}/{threshold[1]}",
            "chambers": chambers,
        }

        counted = count_file(json.dumps(told))

        verdicts = {name: row["result"] for name, row in counted["per_chamber"].items()}
        assert (counted["outcome"], verdicts) == plainly(chambers, quorum, threshold), told
        seen |= {counted["outcome"], *verdicts.values()}
    assert seen == {"carried", "not-carried", "no-quorum", "cannot-decide"}


FILE = {
    "method": "concurrent-majority",
    "options": ["yes", "no"],
    "threshold": "1/2",
    "quorum": "1/3",
    "chambers": {
        name: {"roll": 3, "recused": 0, "yes": 1, "no": 1, "abstain": 1}
        for name in ("samaj", "sarkar", "bazaar")
    },
}


def told(**changes):
    return json.dumps(FILE | changes)


def chambers(**figures):
    return FILE["chambers"] | {"samaj": FILE["chambers"]["samaj"] | figures}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "line 1, column 2"),
        ("[]", "no JSON object"),
        ('{"a": 1, "a": 2}', "“a” stands twice"),
        (told(method="schulze"), "“schulze” is not counted by this version"),
        (told(method=None), "“concurrent-majority” is expected, not null"),
        (told(chambers={}), "at least one chamber"),
        (told(chambers={"samaj": 3}), "chamber samaj: an object"),
        (told(chambers=chambers(yes=-1)), "chamber samaj: yes must be a whole number"),
        (told(chambers=chambers(yes=1.0)), "chamber samaj: yes must be a whole number"),
        (told(chambers=chambers(no=True)), "chamber samaj: no must be a whole number"),
        (told(chambers=chambers(roll="3")), "chamber samaj: roll must be a whole number"),
        (told(chambers=chambers(recused=4)), "chamber samaj: more stepped aside"),
        (told(chambers=chambers(yes=2)), "chamber samaj: more marks than seats"),
        (told(quorum="1/0"), "quorum: a fraction"),
        (told(quorum=0.5), "quorum: a fraction"),
        (told(quorum="3/2"), "at most 1"),
        (told(threshold="1"), "below 1"),
        (told(threshold=""), "threshold: a fraction"),
        (told(ballots=[{"ranks": [["A"]], "count": 1}]), "ballots[0]"),
        (told(votes=[{"chamber": "x", "seat": "x-1", "choice": "yes"}]), "votes[0]: the chamber"),
        (told(votes=[{"chamber": "samaj", "seat": "1", "choice": "?"}]), "votes[0]: "),
        (
            told(votes=[{"chamber": "samaj", "seat": "1", "choice": "yes"}] * 2),
            "votes[1]: seat 1 of samaj votes twice",
        ),
        (
            told(votes=[{"chamber": "samaj", "seat": "1", "choice": "yes"}]),
            "chamber samaj: no is 1, and the votes come to 0",
        ),
        (told(chambers=chambers(yes=1)).replace('"yes": 1', '"yes": NaN', 1), "NaN"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_a_malformed_file_is_told_where_and_why(text, words):
    with pytest.raises(FileMalformed) as refused:
        count_file(text)

    assert words in str(refused.value)


def test_the_command_counts_files_and_ends_with_two_where_one_is_malformed(tmp_path, capsys):
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_text(told())
    bad.write_text(told(quorum="x"))

    call_command("ballot_tally", good)
    alone = json.loads(capsys.readouterr().out)
    with pytest.raises(SystemExit) as ended:
        call_command("ballot_tally", bad, good, tmp_path / "none.json")

    assert (alone["outcome"], alone["winners"]) == ("not-carried", [])
    assert alone["ties"] == ["samaj", "sarkar", "bazaar"]
    assert alone["condorcet_winner"] is None
    assert ended.value.code == 2
    printed = capsys.readouterr()
    assert json.loads(printed.out) == alone
    assert f"{bad}: quorum: a fraction" in printed.err
    assert "none.json" in printed.err
