"""Reference codes that people can read out: a prefix, a number and a check character.

The check character is ISO/IEC 7064 MOD 37,36: it catches every single wrong character, and all
but one in some two hundred swaps of neighbouring figures.
"""

import re

from django.db import connection
from django.utils.translation import gettext_lazy as _

from apps.core.errors import Invalid

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
SHAPE = re.compile(r"([A-Z]{1,3})-(\d{5,12})-([0-9A-Z])")


class CodeMistyped(Invalid):
    """The check character does not fit: a letter or figure was mistyped."""

    code = "code-mistyped"
    title = _("This reference code has a typing mistake.")
    remedy = _("Compare it with the original, letter by letter.")


def check_character(text: str) -> str:
    """Return the ISO/IEC 7064 MOD 37,36 check character of capital letters and figures."""
    product = 36
    for character in text:
        total = (product + ALPHABET.index(character)) % 36 or 36
        product = total * 2 % 37
    return ALPHABET[(37 - product) % 36]


def code(prefix: str, number: int) -> str:
    """Return the code of one number, as `L-00312-U`."""
    figures = f"{number:05d}"
    return f"{prefix}-{figures}-{check_character(prefix + figures)}"


def parse(text: str) -> str:
    """Return the code in its one spelling; raise `CodeMistyped` where it cannot be one."""
    tidy = text.strip().upper().replace("–", "-").replace(" ", "")
    found = SHAPE.fullmatch(tidy)
    if not found or check_character(found[1] + found[2]) != found[3]:
        raise CodeMistyped(field="code")
    return tidy


def next_code(prefix: str, sequence: str) -> str:
    """Return the next code of a database sequence; numbers may be skipped, never given twice."""
    with connection.cursor() as cursor:
        cursor.execute("select nextval(%s)", [sequence])
        return code(prefix, cursor.fetchone()[0])
