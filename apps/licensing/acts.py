"""What is done to the licence register."""

from dataclasses import dataclass

from apps.journal.acts import Act


@dataclass(frozen=True, kw_only=True)
class RegisterLoaded(Act):
    """An edition of the register was loaded and changed it; the subject is the edition."""

    kind = "licensing.register.loaded"
    edition: str
    digest: str


@dataclass(frozen=True, kw_only=True)
class NamesMet(Act):
    """Listings named licences that the register does not know; the subject is the first name."""

    kind = "licensing.names.met"
    texts: list[str]


@dataclass(frozen=True, kw_only=True)
class NameSettled(Act):
    """A name was found to mean a licence of the register."""

    kind = "licensing.name.settled"
    text: str
    licence: str


@dataclass(frozen=True, kw_only=True)
class NameSetAside(Act):
    """A name was found to mean no licence of the register."""

    kind = "licensing.name.set-aside"
    text: str
