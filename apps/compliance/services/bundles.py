"""Build the signed bundle by which others decide without asking: one stream, one file, at once.

A file is two gzip members: one line of JSON, the signed manifest, and the rows it vouches for. It
gets its name when it is whole, so that nobody reads half of one; `latest` names the newest.
"""

import base64
import datetime as dt
import gzip
import hashlib
import json
import re
import tempfile
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import connection, transaction

from apps.compliance.selectors.bundling import Contents, contents, manifest
from apps.core.prepared import row_of
from apps.policy.engine import VOCABULARY
from apps.policy.selectors import ruleset

FORMAT = 1
LOCK = "select pg_advisory_xact_lock(7003, 2)"
# What is in a bundle changes with one of these, or when its time is over.
MARKS = """
select core_now(), coalesce((select max(seq) from journal_seq), 0),
    coalesce((select max(number) from policy_rulesetchange), 0),
    coalesce((select max(id) from compliance_facts), 0)
"""
DIGEST = re.compile("[0-9a-f]{64}")
QUICK = 1
# How many blocks of the database's, of about one row each, are packed at once.
BLOCKS = 1_000
# So many times the usual interval may pass before one who asks has a bundle built himself.
LATE = 3
KEPT = 8


@dataclass(frozen=True, slots=True)
class Bundle:
    """One bundle on disk."""

    digest: str
    path: Path
    manifest: dict[str, Any]

    @property
    def head(self) -> str:
        """The first line: the manifest with its signature."""
        with gzip.open(self.path, "rt", encoding="utf-8", newline="\n") as lines:
            return next(lines)

    @property
    def rows(self) -> Iterator[str]:
        """The rows as they stand in the file."""
        with gzip.open(self.path, "rt", encoding="utf-8", newline="\n") as lines:
            next(lines)
            yield from lines


def public_key() -> tuple[str, str]:
    """Return the id of the signing key and the public half of it, in base64."""
    public = _key().public_key().public_bytes_raw()
    return hashlib.sha256(public).hexdigest()[:16], base64.b64encode(public).decode()


def bundle_latest() -> Bundle:
    """Return the newest bundle; built here where none is right, or none was built for long.

    Otherwise `bundle_refresh` does that, so that nobody who asks has to wait.
    """
    held = _newest()
    if held is not None and _holds(held, patience=settings.BUNDLE_EVERY * LATE):
        return held
    return bundle_build()


def bundle_refresh() -> Bundle | None:
    """Build a new bundle where anything changed since the last; nothing where none was wanted."""
    held = _newest()
    if held is None or _holds(held):
        return held
    return bundle_build()


def bundle_named(digest: str) -> Bundle | None:
    """Return a bundle by its digest, while it is on disk."""
    path = _folder() / f"{digest}.gz"
    if not DIGEST.fullmatch(digest) or not path.exists():
        return None
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return Bundle(digest, path, json.loads(json.loads(next(lines))["manifest"]))


@transaction.atomic
def bundle_build() -> Bundle:
    """Build a bundle of this moment, one process at a time; what another has just built is it."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK)
    held = _newest()
    if held is not None and _holds(held):
        return held
    moment, *marks = row_of(MARKS, [])
    moment = moment.astimezone(dt.UTC)
    held_now = contents(ruleset(), moment, dt.timedelta(seconds=settings.BUNDLE_MAX_AGE))
    with tempfile.TemporaryDirectory(dir=_folder()) as work:
        rows = Path(work) / "rows.gz"
        count, digest = rows_write(held_now, rows)
        told = _manifest(held_now, marks, count, digest)
        return _published(told, rows)


def bundle_delta(since: str, held: Bundle) -> bytes | None:
    """Return what turns a former bundle into another: its own first line, rows gone, rows come.

    Nothing where the former is no longer on disk, or the difference is no smaller than the whole.
    """
    former = bundle_named(since)
    if former is None:
        return None
    path = _folder() / f"{since[:32]}-{held.digest[:32]}.delta.gz"
    if not path.exists():
        lines = list(islice(_changes(former.rows, held.rows), held.manifest["rows"]["count"]))
        if len(lines) == held.manifest["rows"]["count"]:
            return None
        _written(path, gzip.compress("".join([held.head, *lines]).encode(), QUICK))
    return path.read_bytes()


def _changes(before: Iterator[str], after: Iterator[str]) -> Iterator[str]:
    """Give the rows that are gone and those that have come; both are in the order of their keys."""
    old, new = next(before, None), next(after, None)
    while old is not None or new is not None:
        if old == new:
            old, new = next(before, None), next(after, None)
        elif new is None or (old is not None and _place(old) <= _place(new)):
            yield f"-{old}"
            old = next(before, None)
        else:
            yield f"+{new}"
            new = next(after, None)


def _place(row: str) -> tuple[str, int]:
    listing, version, _rest = row.split("\t", 2)
    return listing, int(version)


def signed(told: dict[str, Any]) -> bytes:
    """Return one line that carries some values, and our signature of exactly those bytes."""
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    key, _public = public_key()
    signature = base64.b64encode(_key().sign(text.encode())).decode()
    line = {"key": key, "signature": signature, "manifest": text}
    return json.dumps(line, ensure_ascii=False).encode() + b"\n"


def rows_write(held: Contents, path: Path) -> tuple[int, str]:
    """Stream the rows into a file; return how many there are, and their digest.

    They are packed aside, while the next are read.
    """
    with path.open("wb") as file, ThreadPoolExecutor(max_workers=1) as aside:
        packing = _Packing(file)
        waiting = aside.submit(packing.take, b"")
        for data in _rows(held):
            waiting.result()
            waiting = aside.submit(packing.take, data)
        waiting.result()
        return packing.end()


def _rows(held: Contents) -> Iterator[bytes]:
    """Give the rows as the database writes them, so many at a time."""
    with connection.cursor() as cursor:
        query = cursor.mogrify(held.statement, held.values)
        with cursor.copy(f"copy ({query}) to stdout") as stream:
            blocks = iter(stream)
            while data := b"".join(islice(blocks, BLOCKS)):
                yield data


class _Packing:
    """Counts rows, takes their digest, and writes them packed."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.count = 0
        self.digest = hashlib.sha256()
        self.packer = zlib.compressobj(QUICK, wbits=31)

    def take(self, data: bytes) -> None:
        self.count += data.count(b"\n")
        self.digest.update(data)
        self.file.write(self.packer.compress(data))

    def end(self) -> tuple[int, str]:
        self.file.write(self.packer.flush())
        return self.count, self.digest.hexdigest()


def _manifest(held: Contents, marks: list[int], count: int, digest: str) -> dict[str, Any]:
    return manifest(held) | {
        "format": FORMAT,
        "portal": settings.PORTAL_URL,
        "made_at": held.law.moment.isoformat(),
        "until": held.until.isoformat(),
        "max_age": settings.BUNDLE_MAX_AGE,
        "fail_closed": settings.BUNDLE_FAIL_CLOSED,
        "unregistered": settings.UNREGISTERED_OUTCOME,
        "marks": marks,
        "seq": marks[0],
        "ruleset_version": marks[1],
        "vocabulary": {
            "version": VOCABULARY.version,
            "listing": {name: str(fact.type) for name, fact in VOCABULARY.listing.items()},
            "req": {name: str(fact.type) for name, fact in VOCABULARY.request.items()},
        },
        "rows": {"count": count, "sha256": digest},
    }


def _published(told: dict[str, Any], rows: Path) -> Bundle:
    head = signed(told)
    digest = hashlib.sha256(json.loads(head)["manifest"].encode()).hexdigest()
    whole = rows.with_name("bundle.gz")
    with whole.open("wb") as file:
        file.write(gzip.compress(head, QUICK))
        with rows.open("rb") as body:
            while block := body.read(1 << 20):
                file.write(block)
    path = whole.replace(_folder() / f"{digest}.gz")
    _written(_folder() / "latest", digest.encode())
    _tidied()
    return Bundle(digest, path, told)


def _holds(held: Bundle, patience: float = 0) -> bool:
    """Whether a bundle is right, or so young that what has changed since may wait."""
    moment, *marks = row_of(MARKS, [])
    told = held.manifest
    if told["format"] != FORMAT or moment >= dt.datetime.fromisoformat(told["until"]):
        return False
    age = moment - dt.datetime.fromisoformat(told["made_at"])
    return told["marks"] == marks or age.total_seconds() < patience


def _newest() -> Bundle | None:
    pointer = _folder() / "latest"
    return bundle_named(pointer.read_text().strip()) if pointer.exists() else None


def _written(path: Path, data: bytes) -> None:
    """Write a whole file, or none."""
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(data)
    Path(file.name).replace(path)


def _tidied() -> None:
    """Let the oldest bundles go, and the differences that led to them."""
    files = sorted(_folder().glob("*.gz"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in files[KEPT * 2 :]:
        path.unlink(missing_ok=True)


def _folder() -> Path:
    folder = Path(settings.BUNDLE_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(base64.b64decode(settings.BUNDLE_KEY))
