"""What an expression says in plain English is made from its tree, node by node."""

import pytest

from apps.policy.engine import VOCABULARY, compile_rule, types_of
from apps.policy.engine.nodes import Node
from apps.policy.engine.paraphrase import paraphrase
from tests.policy.engine.fuzz import LANGUAGE, RuleMaker

SAID = [
    ('listing.task == "asr"', "the task is “asr”"),
    ('listing.task != "asr"', "the task is not “asr”"),
    ("!listing.has_model_card", "it is not so that a model card is published"),
    ("listing.has_model_card == false", "it is not so that a model card is published"),
    ("true == listing.has_model_card", "a model card is published"),
    (
        "listing.has_model_card != listing.provider_verified",
        "either (a model card is published) or (the provider is verified), and not both",
    ),
    (
        "has(listing.eval_toxicity) && listing.eval_toxicity > 0.3",
        "all of these hold: the measured toxicity is known; "
        "and the measured toxicity is more than 0.3 (0 to 1)",
    ),
    (
        "!has(listing.human_oversight) || listing.downloads <= 9",
        "at least one of these holds: it is not known whether human oversight is declared; "
        "or the number of downloads is at most 9",
    ),
    (
        '!(listing.task == "asr" && listing.downloads < 9)',
        "it is not so that (all of these hold: the task is “asr”; "
        "and the number of downloads is less than 9)",
    ),
    ('req.use in ["medical", "finance"]', "the use asked for is one of “medical”, “finance”"),
    ('!("nsfw" in listing.tags)', "“nsfw” is not among the tags"),
    (
        'has(listing.eval_date) && req.date - listing.eval_date > duration("8760h")',
        "all of these hold: the day of the newest evaluation is known; and the time from the day "
        "of the newest evaluation to the moment asked for is more than 365 days",
    ),
    (
        'req.date >= timestamp("2027-01-01T00:00:00Z")',
        "the moment asked for is not before 2027-01-01",
    ),
    (
        'req.date < timestamp("2027-01-01T05:30:00Z")',
        "the moment asked for is before 2027-01-01T05:30:00Z",
    ),
    (
        'listing.evals.exists(e, e.kind == "redteam" && e.score < 0.6)',
        "for at least one of the evaluations: (all of these hold: its kind is “redteam”; "
        "and its score is less than 0.6)",
    ),
    ('listing.tags.all(t, t != "x")', "for each of the tags: the element “t” is not “x”"),
    ("size(listing.tags) == 0", "the number of entries in the tags is 0"),
    ("size(listing.task) > 3", "the length of the task is more than 3"),
    ('listing.task.startsWith("text")', "the task begins with “text”"),
    ('listing.task_provenance == "attested"', "who vouches for the task is “attested”"),
    ("listing.downloads > param.many", "the number of downloads is more than 1000"),
    (
        "listing.downloads > 3 || true",
        "at least one of these holds: the number of downloads is more than 3; or always",
    ),
]
PARAMETERS = {"many": 1000}


@pytest.mark.parametrize(("expression", "words"), SAID)
def test_each_kind_of_node_has_its_words(expression, words):
    tree = compile_rule(expression, VOCABULARY.with_parameters(types_of(PARAMETERS))).tree

    assert paraphrase(tree, VOCABULARY, PARAMETERS).sentence == words


def test_parts_are_told_apart_for_a_list():
    tree = compile_rule('listing.task == "asr" && (true || req.commercial)', VOCABULARY).tree

    told = paraphrase(tree, VOCABULARY)

    assert [part.sentence for part in told.parts] == [
        "the task is “asr”",
        "at least one of these holds: always; or the use is commercial",
    ]


def test_every_fact_has_a_name_of_its_own():
    labels = [
        fact.label for facts in (VOCABULARY.listing, VOCABULARY.request) for fact in facts.values()
    ]

    assert all(labels)
    assert len(set(labels)) == len(labels)


def kinds(node: Node) -> set[type]:
    return {type(node)}.union(*(kinds(child) for child in node.children()))


def test_every_rule_of_the_language_has_words_and_always_the_same():
    seen: set[type] = set()
    for seed in range(300):
        tree = compile_rule(RuleMaker(seed).rule(), LANGUAGE).tree
        seen |= kinds(tree)
        words = paraphrase(tree, LANGUAGE).sentence
        assert words
        assert words == paraphrase(tree, LANGUAGE).sentence
        assert "{" not in words.replace("{}", "")
    assert len(seen) >= 14
