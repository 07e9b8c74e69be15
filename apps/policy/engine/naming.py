"""The nearest name, for one that was misspelt."""

import difflib
from collections.abc import Iterable


def nearest(name: str, names: Iterable[str]) -> str:
    """Return the name most like another, or nothing where none is near."""
    known = list(names)
    lower = {known_name.lower(): known_name for known_name in known}
    if name.lower() in lower:
        return lower[name.lower()]
    found = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
    return found[0] if found else ""
