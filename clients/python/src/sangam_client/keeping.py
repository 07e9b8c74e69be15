"""Keeping up to date: the newest bundle from the portal, by differences, and on disk."""

import contextlib
import tempfile
import urllib.error
import urllib.request
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from sangam_client.bundle import LARGEST, Bundle, BundleRefused
from sangam_client.deciding import Table

LATEST = "/api/v1/bundles/latest"
NOT_MODIFIED = 304
Fetch = Callable[[str], bytes | None]


class Keeper:
    """Holds the newest verified bundle of one portal; `table` decides by it.

    `keys` are the portal's public keys in base64 by their id, as `/api/v1/bundles/keys` tells
    them; compare them with what you were told by another way. What comes and is not signed with
    one of them, or is older than what is held, changes nothing.
    """

    def __init__(
        self,
        portal: str,
        keys: Mapping[str, str],
        folder: Path,
        *,
        fail_closed: Collection[str] = (),
        fetch: Fetch | None = None,
    ) -> None:
        if urlsplit(portal).scheme not in {"http", "https"}:
            raise ValueError("A portal's address begins with https:// or http://.")
        self.portal, self.keys = portal.rstrip("/"), dict(keys)
        self.path = folder / "bundle.gz"
        self.fail_closed = fail_closed
        self.fetch = fetch or fetched
        self.bundle: Bundle | None = None
        self.table: Table | None = None
        with contextlib.suppress(FileNotFoundError, BundleRefused):
            self._hold(Bundle.opened(self.path.read_bytes(), self.keys))

    def refresh(self) -> bool:
        """Bring what is held up to date; return whether it changed.

        Raises `OSError` where the portal is not reached and `BundleRefused` where what came is not
        its own; what was held stays.
        """
        held = self.bundle
        data = self.fetch(f"{self.portal}{LATEST}" + (f"?since={held.digest}" if held else ""))
        if data is None:
            return False
        fresh = self._read(data, held)
        if held and fresh.manifest["made_at"] < held.manifest["made_at"]:
            raise BundleRefused("This bundle is older than the one that is held.")
        self._hold(fresh)
        self._keep(fresh)
        return True

    def _read(self, data: bytes, held: Bundle | None) -> Bundle:
        if held is not None:
            with contextlib.suppress(BundleRefused):
                return held.changed(data, self.keys)
        return Bundle.opened(data, self.keys)

    def _hold(self, bundle: Bundle) -> None:
        self.table = Table(bundle, fail_closed=self.fail_closed)
        self.bundle = bundle

    def _keep(self, bundle: Bundle) -> None:
        """Write the file whole, or not at all."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=self.path.parent, delete=False) as file:
            file.write(bundle.packed())
        Path(file.name).replace(self.path)


def fetched(address: str) -> bytes | None:
    """Return what an address sends; nothing where it says that nothing has changed."""
    asked = urllib.request.Request(address)  # noqa: S310 - the scheme was looked at
    try:
        with urllib.request.urlopen(asked, timeout=60) as answer:  # noqa: S310
            return bytes(answer.read(LARGEST))
    except urllib.error.HTTPError as error:
        if error.code == NOT_MODIFIED:
            return None
        raise
