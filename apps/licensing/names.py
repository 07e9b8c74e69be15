"""How names of licences are compared: without case, spaces and empty words."""

import re
import unicodedata
from functools import lru_cache
from urllib.parse import urlsplit

EMPTY_WORDS = re.compile(r"\b(?:licen[cs]e|agreement|the|under)\b")
PARENTHESIS = re.compile(r"\s*[(（][^()（）]*[)）]\s*")
NOISE = re.compile(r"[^\w+.]|_")
# What people write where they name no licence. A family tag is told apart in the register.
NO_NAMES = frozenset(
    [
        "",
        "other",
        "unknown",
        "none",
        "n/a",
        "na",
        "custom",
        "proprietary",
        "see",
        "not stated",
        "tbd",
    ]
)


@lru_cache(maxsize=4096)
def name_key(text: str) -> str:
    """Return the form in which two spellings of one licence's name are equal."""
    tidy = unicodedata.normalize("NFKC", text).casefold().replace("_", "-")
    worded = EMPTY_WORDS.sub(" ", tidy.replace("-", " "))
    return NOISE.sub("", worded) or NOISE.sub("", tidy)


def link_key(link: str) -> str:
    """Return an address without scheme, `www.` and closing slash; empty where it is none."""
    parts = urlsplit(link.strip().casefold())
    if not parts.netloc:
        return ""
    return parts.netloc.removeprefix("www.") + parts.path.rstrip("/")


def without_parenthesis(name: str) -> str:
    """Return a name without what stands in brackets, which is a date or a remark."""
    return PARENTHESIS.sub(" ", name).strip()


def names_nothing(text: str) -> bool:
    """Whether the text says that there is no name, as `other` or `unknown` do."""
    return text.strip().casefold() in NO_NAMES or not name_key(text)
