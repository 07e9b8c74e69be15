"""From text to tree."""

import re
from pathlib import Path

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedCharacters, UnexpectedEOF, UnexpectedToken

from apps.policy.engine.builder import Builder
from apps.policy.engine.errors import RuleError
from apps.policy.engine.limits import CHARACTERS
from apps.policy.engine.limits import SIGNS as LARGEST
from apps.policy.engine.nodes import Node

GRAMMAR = Lark(
    Path(__file__).with_name("rule.lark").read_text("utf-8"),
    parser="lalr",
    lexer="basic",
    maybe_placeholders=False,
)
WRITTEN_LIST = next(rule.pattern.value for rule in GRAMMAR.terminals if rule.name == "LIST")
# Counts words and signs without reading them; a list of written values counts as one.
SIGN = re.compile(WRITTEN_LIST + r"""|"(?>\\.|[^"\\])*"|'(?>\\.|[^'\\])*'|\w+|[^\s\w]""")
SIGNS = {
    "=": "Write == to compare.",
    "&": "Write && for “and”.",
    "|": "Write || for “or”.",
    "?": "Write (a && b) || (!a && c) in place of a ? b : c.",
    "+": "Nothing is added here: put the sum into the text, or into a parameter.",
    "*": "Nothing is multiplied here: put the product into the text, or into a parameter.",
    "/": "Nothing is divided here, and a comment belongs into the clause.",
    "{": "Write a list in square brackets: [1, 2].",
    '"': "Close the text with the quotation mark it begins with, on the same line.",
    "'": "Close the text with the quotation mark it begins with, on the same line.",
}
WORDS = {
    "and": "Write && for “and”.",
    "or": "Write || for “or”.",
    "not": "Write ! for “not”.",
    "AND": "Write && for “and”.",
    "OR": "Write || for “or”.",
    "NOT": "Write ! for “not”.",
    "is": "Write == to compare.",
}


def parse(source: str) -> Node:
    """Return the untyped tree of a rule; raise `RuleError` at the first thing not understood."""
    if len(source) > CHARACTERS:
        raise RuleError(
            f"The rule has {len(source)} characters; {CHARACTERS} are read.",
            remedy="Split it into several rules.",
        )
    if not source.strip():
        raise RuleError("The rule is empty.", remedy="Write a condition, as listing.downloads > 5.")
    if sum(1 for _sign in SIGN.finditer(source)) > LARGEST:
        raise RuleError(
            f"The rule has more than {LARGEST} words and signs.",
            remedy="Split it into several rules.",
        )
    return Builder().build(_tree(source))


def _tree(source: str) -> Tree[Token]:
    try:
        return GRAMMAR.parse(source)
    except UnexpectedCharacters as error:
        sign = source[error.pos_in_stream or 0]
        raise RuleError(
            f"The sign {sign} is not read here.", error.line, error.column, SIGNS.get(sign, "")
        ) from None
    except UnexpectedEOF:
        raise _unfinished(source) from None
    except UnexpectedToken as error:
        if error.token.type == "$END":
            raise _unfinished(source) from None
        word = str(error.token)
        remedy = WORDS.get(_word_before(source, error) or word) or WORDS.get(word, "")
        raise RuleError(f"{word} is not expected here.", error.line, error.column, remedy) from None


def _unfinished(source: str) -> RuleError:
    lines = source.rstrip().splitlines()
    return RuleError(
        "The rule ends too early.",
        len(lines),
        len(lines[-1]) + 1,
        "Close what was opened, and finish the last comparison.",
    )


def _word_before(source: str, error: UnexpectedToken) -> str:
    """Return the word before the fault: in `not a` the parser stumbles over the a."""
    before = source[: error.pos_in_stream or 0].split()
    return before[-1] if before and before[-1] in {"not", "NOT"} else ""
