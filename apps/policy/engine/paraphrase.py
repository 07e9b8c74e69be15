"""A rule in plain English, made from its typed tree alone: what it says, whatever a clause says.

Each kind of node has one wording, in `WORDS`; facts are named by the vocabulary. The same tree
always gives the same words, so a clause that says something else is seen beside them.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from apps.policy.engine.grounding import grounded
from apps.policy.engine.nodes import (
    And,
    Compare,
    Has,
    In,
    Items,
    Literal,
    Member,
    Minus,
    Node,
    Not,
    Or,
    Quantified,
    Read,
    Size,
    TextTest,
    Variable,
)
from apps.policy.engine.types import BOOL, TIMESTAMP, Kind
from apps.policy.engine.values import Value
from apps.policy.engine.vocabulary import PROVENANCE, Vocabulary

WORDS = {
    "all": "all of these hold",
    "any": "at least one of these holds",
    "and": "; and ",
    "or": "; or ",
    "group": "{head}: {parts}",
    "inner": "({words})",
    "not": "it is not so that {words}",
    "true": "always",
    "false": "never",
    "yes": "yes",
    "no": "no",
    "known": "{fact} is known",
    "unknown": "{fact} is not known",
    "known whether": "it is known whether {fact}",
    "unknown whether": "it is not known whether {fact}",
    "same": "({left}) just where ({right})",
    "other": "either ({left}) or ({right}), and not both",
    "==": "{left} is {right}",
    "!=": "{left} is not {right}",
    "<": "{left} is less than {right}",
    "<=": "{left} is at most {right}",
    ">": "{left} is more than {right}",
    ">=": "{left} is at least {right}",
    "one of": "{item} is one of {items}",
    "none of": "{item} is none of {items}",
    "among": "{item} is among {items}",
    "not among": "{item} is not among {items}",
    "startsWith": "{subject} begins with {argument}",
    "endsWith": "{subject} ends with {argument}",
    "contains": "{subject} contains {argument}",
    "length": "the length of {operand}",
    "count": "the number of entries in {operand}",
    "between": "the time from {right} to {left}",
    "exists": "for at least one of {over}: {body}",
    "every": "for each of {over}: {body}",
    "element": "the element “{name}”",
    "member": "its {name}",
    "provenance": "who vouches for {fact}",
    "text": "“{value}”",
    "days": "{n} days",
    "one day": "1 day",
    "hours": "{n} hours",
    "seconds": "{n} seconds",
    "unit": "{words} ({unit})",
}
WORDS_OF_TIME = {
    "==": "{left} is at {right}",
    "!=": "{left} is not at {right}",
    "<": "{left} is before {right}",
    "<=": "{left} is not after {right}",
    ">": "{left} is after {right}",
    ">=": "{left} is not before {right}",
}
OPPOSITES = {"one of": "none of", "among": "not among", "known": "unknown"}
DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Said:
    """One condition in words; of a condition with parts the words only say how they join."""

    words: str
    parts: tuple["Said", ...] = ()
    joint: str = ""

    @property
    def sentence(self) -> str:
        """The whole in one line."""
        if not self.parts:
            return self.words
        inner = [
            WORDS["inner"].format(words=part.sentence) if part.parts else part.sentence
            for part in self.parts
        ]
        return WORDS["group"].format(head=self.words, parts=self.joint.join(inner))


def paraphrase(
    tree: Node, vocabulary: Vocabulary, parameters: Mapping[str, Value] | None = None
) -> Said:
    """Return what a typed tree says, with the values of its parameters where they are given."""
    return _Speaker(vocabulary).said(grounded(tree, parameters) if parameters else tree)


class _Speaker:
    """Finds the words of each kind of node."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.conditions: dict[type[Node], Callable[[Any], str]] = {
            Has: lambda node: self._known(node, "known"),
            Not: self._not,
            Compare: self._compare,
            In: lambda node: self._in(node, positive=True),
            TextTest: lambda node: WORDS[node.test].format(
                subject=self.term(node.subject), argument=self.term(node.argument)
            ),
            Quantified: self._quantified,
            Literal: lambda node: WORDS["true" if node.value else "false"],
        }
        self.terms: dict[type[Node], Callable[[Any], str]] = {
            Literal: lambda node: _value(node.value),
            Items: lambda node: ", ".join(_value(one.value) for one in node.values),
            Read: self._read,
            Variable: lambda node: WORDS["element"].format(name=node.name),
            Member: lambda node: WORDS["member"].format(name=node.name),
            Minus: lambda node: WORDS["between"].format(
                left=self.term(node.left), right=self.term(node.right)
            ),
            Size: self._size,
        }

    def said(self, node: Node) -> Said:
        """Return a condition, its parts apart."""
        if isinstance(node, And | Or):
            words, joint = ("all", "and") if isinstance(node, And) else ("any", "or")
            parts = tuple(self.said(item) for item in node.items)
            return Said(WORDS[words], parts, WORDS[joint])
        return Said(self.condition(node))

    def condition(self, node: Node) -> str:
        """Return a condition in one line."""
        if isinstance(node, And | Or):
            return self.said(node).sentence
        speak = self.conditions.get(type(node))
        return speak(node) if speak else self.term(node)

    def term(self, node: Node) -> str:
        """Return what a value is called."""
        speak = self.terms.get(type(node))
        return speak(node) if speak else self.condition(node)

    def _known(self, node: Has, word: str) -> str:
        whether = " whether" if node.target.type == BOOL else ""
        return WORDS[word + whether].format(fact=self.term(node.target))

    def _not(self, node: Not) -> str:
        operand = node.operand
        if isinstance(operand, Has):
            return self._known(operand, "unknown")
        if isinstance(operand, In):
            return self._in(operand, positive=False)
        return self._denied(operand)

    def _denied(self, node: Node) -> str:
        words = self.condition(node)
        if isinstance(node, And | Or):
            words = WORDS["inner"].format(words=words)
        return WORDS["not"].format(words=words)

    def _compare(self, node: Compare) -> str:
        if BOOL in (node.left.type, node.right.type):
            return self._compare_answers(node)
        timed = TIMESTAMP in (node.left.type, node.right.type)
        words = (WORDS_OF_TIME if timed else WORDS)[node.operator]
        left, right = self.term(node.left), self.term(node.right)
        return words.format(
            left=self._measured(left, node.left, node.right),
            right=self._measured(right, node.right, node.left),
        )

    def _compare_answers(self, node: Compare) -> str:
        """Return how two conditions are held against one another, one perhaps written out."""
        for one, other in ((node.left, node.right), (node.right, node.left)):
            if isinstance(one, Literal):
                holds = one.value is (node.operator == "==")
                return self.condition(other) if holds else self._denied(other)
        left, right = self.condition(node.left), self.condition(node.right)
        return WORDS["same" if node.operator == "==" else "other"].format(left=left, right=right)

    def _measured(self, words: str, node: Node, other: Node) -> str:
        """Return a written number with the unit of the fact it is held against."""
        fact = self._fact(other) if isinstance(other, Read) else None
        if not isinstance(node, Literal) or fact is None or not fact.unit:
            return words
        return WORDS["unit"].format(words=words, unit=fact.unit)

    def _in(self, node: In, *, positive: bool) -> str:
        word = "one of" if isinstance(node.collection, Items) else "among"
        words = WORDS[word if positive else OPPOSITES[word]]
        return words.format(item=self.term(node.item), items=self.term(node.collection))

    def _quantified(self, node: Quantified) -> str:
        word = "exists" if node.macro == "exists" else "every"
        body = self.condition(node.body)
        if isinstance(node.body, And | Or):
            body = WORDS["inner"].format(words=body)
        return WORDS[word].format(over=self.term(node.over), body=body)

    def _size(self, node: Size) -> str:
        word = "count" if node.operand.type.kind is Kind.LIST else "length"
        return WORDS[word].format(operand=self.term(node.operand))

    def _fact(self, node: Read) -> Any:
        return self.vocabulary.facts(node.root).get(node.name)

    def _read(self, node: Read) -> str:
        facts = self.vocabulary.facts(node.root)
        if node.root.value == "param":
            return f"param.{node.name}"
        fact = facts.get(node.name)
        if fact:
            return fact.label
        of = facts[node.name.removesuffix(PROVENANCE)]
        return WORDS["provenance"].format(fact=of.label)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return WORDS["yes" if value else "no"]
    if isinstance(value, str):
        return WORDS["text"].format(value=value)
    if isinstance(value, dt.timedelta):
        return _span(value)
    if isinstance(value, dt.datetime):
        return value.isoformat().replace("T00:00:00+00:00", "").replace("+00:00", "Z")
    return str(value)


def _span(span: dt.timedelta) -> str:
    if span == DAY:
        return WORDS["one day"]
    for unit, word in ((DAY, "days"), (HOUR, "hours")):
        if span and not span % unit:
            return WORDS[word].format(n=span // unit)
    return WORDS["seconds"].format(n=int(span.total_seconds()))
