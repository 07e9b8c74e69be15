"""A solver's model as a listing and a request."""

from fractions import Fraction
from typing import Any

import z3

from apps.policy.engine.limits import FIRST_MOMENT
from apps.policy.engine.nodes import Read, Root
from apps.policy.engine.symbols import MICROSECOND, Symbol, Symbols
from apps.policy.engine.types import Kind

NAMELESS = "something-else"


def example(model: z3.ModelRef, symbols: Symbols) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return facts of a listing and of a request that the model describes; what is absent, absent.

    Lists of records stay empty, and a text that no rule names is made up: whoever shows the example
    asks the rules first whether they truly fire for it.
    """
    found: dict[Root, dict[str, Any]] = {Root.LISTING: {}, Root.REQ: {}}
    for (root, name), symbol in symbols.facts.items():
        if z3.is_true(model.eval(symbol.present, model_completion=True)):
            found[root][name] = _value(model, symbols, symbol)
    return found[Root.LISTING], found[Root.REQ]


def _value(model: z3.ModelRef, symbols: Symbols, symbol: Symbol) -> Any:
    if symbol.value is None:
        return _held(model, symbols, symbol.read)
    value = model.eval(symbol.value, model_completion=True)
    kind = symbol.read.type.kind
    if kind is Kind.BOOL:
        return z3.is_true(value)
    if kind is Kind.STRING:
        return _text(symbols, value.as_fraction())
    if kind is Kind.DOUBLE:
        return float(value.as_fraction())
    number = value.as_long()
    return FIRST_MOMENT + number * MICROSECOND if kind is Kind.TIMESTAMP else number


def _held(model: z3.ModelRef, symbols: Symbols, read: Read) -> list[str]:
    """Return the texts that a list holds, of those that the rules ask it for."""
    places = {
        model.eval(item, model_completion=True).as_fraction()
        for item, held in symbols.members.get(read, ())
        if z3.is_true(model.eval(held, model_completion=True))
    }
    return sorted({_text(symbols, place) for place in places})


def _text(symbols: Symbols, place: Fraction) -> str:
    named = {number: text for text, number in symbols.texts.items()}
    return named.get(place, NAMELESS) if place.denominator == 1 else NAMELESS  # type: ignore[call-overload]
