"""Random rules and random facts for the proof that all back ends agree."""

import datetime as dt
import random
from typing import Any

from apps.policy.engine import VOCABULARY
from apps.policy.engine.types import BOOL, DOUBLE, INT, STRING, Kind, list_of

STRINGS = [
    *["", "a", "Z", "openrail", "openrail-m", "text-generation", "medical", "nsfw", "redteam"],
    *["é", "e\u0301", "मेडिकल", "😀", "\uffff", 'quo"te', "back\\slash", "100%", "%s", "a\nb", "'"],
]
INTS = [0, 1, 2, 3, 4, 365, -1, 2**31, 2**53 + 1, 2**63 - 1, -(2**63)]
DOUBLES = [0.0, -0.0, 0.1, 0.3, 0.1 + 0.2, 25.0, 70.0, 1e16, 5e-324, -1e308, 1.7976931348623157e308]
DAYS = [dt.date(1900, 1, 1), dt.date(2024, 2, 29), dt.date(2025, 11, 23), dt.date(2189, 12, 31)]
MOMENTS = [
    dt.datetime(2024, 2, 29, tzinfo=dt.UTC),
    dt.datetime(2025, 11, 23, 12, 30, 15, tzinfo=dt.UTC),
    dt.datetime(2026, 11, 23, tzinfo=dt.UTC),
]
SPANS = ["0s", "24h", "8760h", "8784h", "1h30m15s"]
POOLS: dict[Kind, list[Any]] = {
    Kind.STRING: STRINGS,
    Kind.INT: INTS,
    Kind.DOUBLE: DOUBLES,
    Kind.BOOL: [True, False],
}
PARAMS = {"most": 0.3, "count": 3, "word": "openrail", "places": ["FR", "मेडिकल"], "flag": True}
LANGUAGE = VOCABULARY.with_parameters(
    {"most": DOUBLE, "count": INT, "word": STRING, "places": list_of(STRING), "flag": BOOL}
)
BY_KIND = {
    kind: [
        *(f"listing.{f.name}" for f in VOCABULARY.listing.values() if f.type.kind is kind),
        *(f"req.{f.name}" for f in VOCABULARY.request.values() if f.type.kind is kind),
    ]
    for kind in POOLS
}
BY_KIND[Kind.DOUBLE].append("param.most")
BY_KIND[Kind.INT].append("param.count")
BY_KIND[Kind.STRING].append("param.word")
BY_KIND[Kind.BOOL].append("param.flag")
LISTS = ["listing.tags", "listing.use_restrictions"]
ORDER = ["==", "!=", "<", "<=", ">", ">="]


def written(value: Any) -> str:
    """Return a value as a rule writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        return f'"{escaped}"'
    return repr(value)


class RuleMaker:
    """Makes well typed rules, guarded or not."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.atoms = [
            self._comparison,
            self._comparison,
            self._membership,
            self._in_list,
            self._text,
            self._has,
            self._has,
            self._flag,
            self._quantified,
            self._size,
            self._age,
            self._moment,
        ]

    def rule(self, depth: int = 3) -> str:
        shape = self.dice.random()
        if depth == 0 or shape < 0.2:
            return self.dice.choice(self.atoms)()
        if shape < 0.35:
            return f"!({self.rule(depth - 1)})"
        word = self.dice.choice([" && ", " || "])
        return f"({word.join(self.rule(depth - 1) for _ in range(self.dice.randint(2, 3)))})"

    def _value(self, kind: Kind) -> str:
        if self.dice.random() < 0.3:
            return self.dice.choice(BY_KIND[kind])
        return written(self.dice.choice(POOLS[kind]))

    def _comparison(self) -> str:
        kind = self.dice.choice([Kind.INT, Kind.DOUBLE, Kind.STRING, Kind.DOUBLE])
        left = self.dice.choice(BY_KIND[kind])
        return f"{left} {self.dice.choice(ORDER)} {self._value(kind)}"

    def _membership(self) -> str:
        kind = self.dice.choice([Kind.INT, Kind.DOUBLE, Kind.STRING, Kind.BOOL])
        values = self.dice.sample(POOLS[kind], self.dice.randint(1, 2))
        return f"{self.dice.choice(BY_KIND[kind])} in [{', '.join(map(written, values))}]"

    def _in_list(self) -> str:
        if self.dice.random() < 0.2:
            return f"{self._value(Kind.STRING)} in param.places"
        return f"{self._value(Kind.STRING)} in {self.dice.choice(LISTS)}"

    def _text(self) -> str:
        test = self.dice.choice(["startsWith", "endsWith", "contains"])
        return f"{self.dice.choice(BY_KIND[Kind.STRING])}.{test}({self._value(Kind.STRING)})"

    def _has(self) -> str:
        return f"has(listing.{self.dice.choice(list(VOCABULARY.listing))})"

    def _flag(self) -> str:
        return self.dice.choice(BY_KIND[Kind.BOOL])

    def _quantified(self) -> str:
        macro = self.dice.choice(["exists", "all"])
        if self.dice.random() < 0.4:
            test = self.dice.choice(["==", "!=", "<"])
            body = f"t {test} {self._value(Kind.STRING)}"
            return f"{self.dice.choice(LISTS)}.{macro}(t, {body})"
        kind = f"e.kind == {written(self.dice.choice(['redteam', 'é']))}"
        score = f"e.score {self.dice.choice(ORDER)} {self._value(Kind.DOUBLE)}"
        join = self.dice.choice(["&&", "||"])
        return f"listing.evals.{macro}(e, {kind} {join} {score})"

    def _size(self) -> str:
        over = self.dice.choice([*LISTS, "listing.evals", "listing.task", "listing.licence"])
        read = self.dice.choice([f"size({over})", f"{over}.size()"])
        return f"{read} {self.dice.choice(ORDER)} {self.dice.randint(0, 4)}"

    def _age(self) -> str:
        span = written(self.dice.choice(SPANS))
        return f"req.date - listing.eval_date {self.dice.choice(ORDER)} duration({span})"

    def _moment(self) -> str:
        moment = self.dice.choice(MOMENTS).strftime("%Y-%m-%dT%H:%M:%SZ")
        read = self.dice.choice(["listing.eval_date", "req.date"])
        return f"{read} {self.dice.choice(ORDER)} timestamp({written(moment)})"


class FactMaker:
    """Makes listings and requests; any fact may be missing."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)

    def listing(self) -> dict[str, Any]:
        lost = self.dice.choice([0.0, 0.2, 0.5])
        facts = VOCABULARY.listing.values()
        return {fact.name: self._fact(fact) for fact in facts if self.dice.random() >= lost}

    def request(self) -> dict[str, Any]:
        request = {
            "use": self.dice.choice(STRINGS),
            "jurisdiction": self.dice.choice(["FR", "IN", "*"]),
            "commercial": self.dice.random() < 0.5,
            "date": self.dice.choice(MOMENTS),
        }
        if self.dice.random() < 0.2:
            del request[self.dice.choice(list(request))]
        return request

    def _fact(self, fact: Any) -> Any:
        if fact.name == "eval_date":
            return self.dice.choice(DAYS)
        if fact.name == "evals":
            return [self._evaluation() for _ in range(self.dice.randint(0, 3))]
        if fact.type.kind is Kind.LIST:
            return self.dice.sample(STRINGS, self.dice.randint(0, 3))
        return self.dice.choice(POOLS[fact.type.kind])

    def _evaluation(self) -> dict[str, Any]:
        whole = {
            "kind": self.dice.choice(["redteam", "é", ""]),
            "score": self.dice.choice(DOUBLES),
        }
        if self.dice.random() < 0.2:
            del whole[self.dice.choice(["kind", "score"])]
        return whole
