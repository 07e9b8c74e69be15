"""A bundle as it came: verified first, read afterwards."""

import base64
import gzip
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

FORMAT = 1
# Longer than any bundle of ten million listings: what unpacks to more is no bundle.
LARGEST = 4 << 30


class BundleRefused(Exception):
    """This is no bundle of the portal: its form, its signature or its digest is wrong."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle whose signature and digest were right."""

    head: str
    manifest: Mapping[str, Any]
    rows: tuple[str, ...]

    @property
    def digest(self) -> str:
        """Its name at the portal."""
        return hashlib.sha256(json.loads(self.head)["manifest"].encode()).hexdigest()

    @classmethod
    def opened(cls, data: bytes, keys: Mapping[str, str]) -> "Bundle":
        """Return the bundle of a file; raise `BundleRefused`. Keys are base64 by their id."""
        head, *rows = _lines(data)
        return cls._checked(head, rows, keys)

    def changed(self, data: bytes, keys: Mapping[str, str]) -> "Bundle":
        """Return what a difference makes of this bundle; raise `BundleRefused`."""
        head, *lines = _lines(data)
        gone = {line[1:] for line in lines if line[0] == "-"}
        rows = [row for row in self.rows if row not in gone]
        rows += [line[1:] for line in lines if line[0] == "+"]
        return self._checked(head, sorted(rows, key=_place), keys)

    def packed(self) -> bytes:
        """Return the file again, to be kept."""
        return gzip.compress(_text(self.head, *self.rows).encode(), 1)

    @classmethod
    def _checked(cls, head: str, rows: list[str], keys: Mapping[str, str]) -> "Bundle":
        manifest = _verified(head, keys)
        body = _text(*rows).encode()
        told = manifest["rows"]
        if len(rows) != told["count"] or hashlib.sha256(body).hexdigest() != told["sha256"]:
            raise BundleRefused("The rows are not those that were signed.")
        return cls(head, manifest, tuple(rows))


def _lines(data: bytes) -> list[str]:
    try:
        text = gzip.decompress(data).decode()
    except (OSError, EOFError, ValueError) as error:
        raise BundleRefused("This is no bundle.") from error
    lines = text.split("\n")
    if lines.pop() or not lines or not all(lines):
        raise BundleRefused("This bundle was cut off.")
    return lines


def _verified(head: str, keys: Mapping[str, str]) -> dict[str, Any]:
    """Return the manifest of a first line whose signature is right."""
    try:
        line = json.loads(head)
        text, key = line["manifest"], keys[line["key"]]
        public = Ed25519PublicKey.from_public_bytes(base64.b64decode(key))
        public.verify(base64.b64decode(line["signature"]), text.encode())
        manifest = json.loads(text)
    except KeyError as error:
        raise BundleRefused("This bundle was signed with a key that you do not trust.") from error
    except (InvalidSignature, ValueError, TypeError, AttributeError) as error:
        raise BundleRefused("The signature is wrong.") from error
    if manifest["format"] != FORMAT:
        raise BundleRefused("This bundle has a newer form: bring the client up to date.")
    return manifest


def _text(*lines: str) -> str:
    return "".join(f"{line}\n" for line in lines)


def _place(row: str) -> tuple[str, int]:
    listing, version, _rest = row.split("\t", 2)
    return listing, int(version)


def fields(row: str) -> list[str]:
    """Return the values of one row, as PostgreSQL writes them."""
    parts = row.split("\t")
    return [_plain(part) for part in parts] if "\\" in row else parts


ESCAPES = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "\\": "\\"}


def _plain(part: str) -> str:
    first, *rest = part.split("\\")
    return first + "".join(_read(rest))


def _read(pieces: Iterable[str]) -> Iterable[str]:
    """Give what follows each backslash, two of which stand for one."""
    doubled = False
    for piece in pieces:
        if doubled:
            doubled = False
            yield piece
        elif not piece:
            doubled = True
            yield "\\"
        else:
            yield ESCAPES.get(piece[0], piece[0]) + piece[1:]
