"""Acts in words: what each kind says to a reader."""

from django.utils.translation import gettext_lazy as _

from apps.core.errors import Text

SENTENCES: dict[str, Text] = {
    "sealed": _("A sealed act"),
}


def sentence(kind: str) -> Text:
    """Return the words for a kind of act; one without words of its own is read from its name."""
    if kind in SENTENCES:
        return SENTENCES[kind]
    return " ".join(kind.split(".")[1:]).replace("_", " ").capitalize() or kind
