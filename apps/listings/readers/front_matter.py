"""The strict reader of a model card's front matter.

YAML has traps that a register cannot afford: `no` that becomes false, anchors that unfold without
end, keys that stand twice. Each is refused or read as the text it is.
"""

import re
from typing import Any

import yaml

from apps.listings.readers.drafts import Fault

LARGEST_BYTES = 64 * 1024
MOST_EVENTS = 20_000
DEEPEST = 12
FRONT = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?\r?\n)??---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
KEPT_AS_TEXT = {"tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp"}


class FrontMatterRefused(ValueError):
    """The front matter cannot be read; `fault` says why."""

    def __init__(self, reason: str, remedy: str = "") -> None:
        self.fault = Fault("front matter", reason, remedy)
        super().__init__(reason)


class StrictLoader(yaml.CSafeLoader):
    """YAML without dates, with true and false alone as truth values, and with each key once."""

    yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in pairs if tag not in KEPT_AS_TEXT]
        for first, pairs in yaml.CSafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict:  # noqa: FBT001, FBT002 - PyYAML's own signature
        """Refuse a key that stands twice."""
        keys = [key.value for key, _value in node.value if isinstance(key, yaml.ScalarNode)]
        for key in keys:
            if keys.count(key) > 1:
                raise FrontMatterRefused(f"The key “{key}” stands twice.", "Keep one of them.")
        return super().construct_mapping(node, deep=deep)


StrictLoader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF")
)


def front_matter(card: str) -> dict[str, Any]:
    """Return the mapping at the head of a model card; raise `FrontMatterRefused`."""
    head = FRONT.match(card[: 2 * LARGEST_BYTES])
    if head is None:
        raise FrontMatterRefused(
            "The file does not begin with front matter.",
            "Put the facts between two lines of three hyphens at the very top.",
        )
    text = head[1] or ""
    if len(text.encode("utf-8", "replace")) > LARGEST_BYTES:
        raise FrontMatterRefused("The front matter is larger than 64 KiB.", "Shorten it.")
    try:
        _measure(text)
        read = yaml.load(text, Loader=StrictLoader)  # noqa: S506 - a stricter safe loader
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        if isinstance(error, FrontMatterRefused):
            raise
        raise FrontMatterRefused(f"This is not YAML: {_where(error)}.") from error
    if read is None:
        return {}
    if not isinstance(read, dict):
        raise FrontMatterRefused(
            "The front matter is no mapping.", "Write each fact as key: value."
        )
    return read


def _measure(text: str) -> None:
    """Refuse anchors, tags, depth and number before anything is built."""
    depth = 0
    for number, event in enumerate(yaml.parse(text, Loader=yaml.CSafeLoader)):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise FrontMatterRefused(
                "Anchors and aliases (& and *) are not read.", "Write the value out."
            )
        if getattr(event, "tag", None):
            raise FrontMatterRefused("Tags (!) are not read.", "Write the plain value.")
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise FrontMatterRefused(f"It is nested deeper than {DEEPEST} levels.", "Flatten it.")
        if number > MOST_EVENTS:
            raise FrontMatterRefused("It holds too many values.", "Shorten it.")


def _where(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or "it cannot be read"
    return f"{problem}, line {mark.line + 1}" if mark else str(problem)
