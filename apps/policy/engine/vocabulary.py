"""What a rule can read: facts of a listing, of a request, and parameters, each with its meaning."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from apps.policy.engine.nodes import Root
from apps.policy.engine.types import Type

PROVENANCE = "_provenance"
PROVENANCES = ("declared", "attested", "decided")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing a rule can ask; an `optional` one may be missing and is then an absent key.

    `label` is what a paraphrase calls it; of a yes or no, the statement that is true.
    """

    name: str
    type: Type
    meaning: str
    source: str
    example: str
    optional: bool = False
    unit: str = ""
    label: str = ""
    provenance: bool = False
    values: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All facts by name; parameters are those of one rule, and open where none are declared."""

    version: int
    listing: Mapping[str, Fact]
    request: Mapping[str, Fact]
    parameters: Mapping[str, Type] | None = None

    def facts(self, root: Root) -> Mapping[str, Fact]:
        """Return the facts of a listing or of a request."""
        return self.listing if root is Root.LISTING else self.request

    def with_parameters(self, parameters: Mapping[str, Type]) -> "Vocabulary":
        """Return the vocabulary of a rule with these parameters and no others."""
        return replace(self, parameters=dict(parameters))

    def with_values(self, root: Root, name: str, values: Iterable[str]) -> "Vocabulary":
        """Return the vocabulary in which a fact has only these values."""
        facts = dict(self.facts(root))
        facts[name] = replace(facts[name], values=frozenset(values))
        if root is Root.LISTING:
            return replace(self, listing=facts)
        return replace(self, request=facts)


def vocabulary_of(version: int, listing: Iterable[Fact], request: Iterable[Fact]) -> Vocabulary:
    """Return the vocabulary of these facts."""
    return Vocabulary(
        version,
        {fact.name: fact for fact in listing},
        {fact.name: fact for fact in request},
    )
