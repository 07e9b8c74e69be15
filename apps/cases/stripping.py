"""What a file says besides what it shows, taken out without decoding or recompressing a pixel.

A picture is rebuilt from the parts that draw it: camera data, places, names, comments, previews and
whatever was hung on behind its end stay behind. A PDF is written anew from its pages by a process
of its own (`rewriting`). What a picture or a page shows, and how a sensor's noise looks, nothing
here can take out; nor what lies on a page under something else.

Anyone may send a file: every search here is linear, every walk has its end.
"""

import re
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path


class Broken(ValueError):
    """The file does not hold together; nothing can be said of what it carries."""


MOST_PARTS = 20_000
MOST_FILL = 64
# JPEG: markers without a length, markers that draw, and where the data of a scan end.
BARE = frozenset([0x01, *range(0xD0, 0xD8)])
DRAWING_JPEG = frozenset([*range(0xC0, 0xE0)])
SCAN, END, JFIF, ADOBE = 0xDA, 0xD9, 0xE0, 0xEE
NEXT_MARKER = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]", re.DOTALL)
DRAWING_PNG = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB sBIT bKGD pHYs acTL fcTL fdAT".split()
)
DRAWING_WEBP = frozenset([b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF"])
# VP8X says in its first byte which parts follow: profile, Exif and XMP no longer do.
WEBP_WITHOUT = 0xFF ^ (0x20 | 0x08 | 0x04)
FRAME_HEAD = 16
REWRITER, HOUSE, PATIENCE = "apps.cases.rewriting", Path(__file__).parents[2], 20


def stripped(content: bytes, media_type: str) -> bytes:
    """Return a file without what it says besides what it shows; raise `Broken`."""
    strip = STRIPPERS.get(media_type)
    return strip(content) if strip else content


def _jpeg(content: bytes) -> bytes:
    kept, drawn = [b"\xff\xd8"], False
    for marker, part in _bounded(_segments(content)):
        if marker == JFIF and part[4:9] == b"JFIF\x00":
            kept.append(b"\xff\xe0\x00\x10" + part[4:16] + b"\x00\x00")
        elif marker == ADOBE and part[4:9] == b"Adobe":
            kept.append(b"\xff\xee\x00\x0e" + part[4:16])
        elif marker in DRAWING_JPEG:
            kept.append(part)
        drawn = drawn or marker == SCAN
    if not drawn:
        raise Broken
    return b"".join([*kept, b"\xff\xd9"])


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Walk through a JPEG's segments to its end; a scan comes with its data."""
    at = 2
    while True:
        fill = content[at : at + MOST_FILL]
        at += len(fill) - len(fill.lstrip(b"\xff"))
        if not fill.startswith(b"\xff") or at >= len(content):
            raise Broken
        marker, begin, end = content[at], at - 1, at + 1
        if marker == END:
            return
        if marker not in BARE:
            size = int.from_bytes(content[end : end + 2], "big")
            end += size
            if size < 2 or end > len(content):  # noqa: PLR2004 - a length counts itself
                raise Broken
        if marker == SCAN:
            following = NEXT_MARKER.search(content, end)
            end = following.start() if following else len(content)
        yield marker, content[begin:end]
        at = end


def _png(content: bytes) -> bytes:
    return content[:8] + b"".join(_bounded(_chunks(content)))


def _chunks(content: bytes) -> Iterator[bytes]:
    at, name, first = 8, b"", b"IHDR"
    while name != b"IEND":
        size = int.from_bytes(content[at : at + 4], "big")
        name, end = content[at + 4 : at + 8], at + 12 + size
        if end > len(content) or (first and name != first):
            raise Broken
        check = int.from_bytes(content[end - 4 : end], "big")
        if zlib.crc32(content[at + 4 : end - 4]) != check:
            raise Broken
        yield content[at:end] if name in DRAWING_PNG else b""
        at, first = end, b""


def _webp(content: bytes) -> bytes:
    size = int.from_bytes(content[4:8], "little")
    if size + 8 > len(content):
        raise Broken
    body = b"".join(_bounded(_webp_parts(content[12 : size + 8], frames=True)))
    if not body:
        raise Broken
    return b"RIFF" + (len(body) + 4).to_bytes(4, "little") + b"WEBP" + body


def _webp_parts(content: bytes, *, frames: bool) -> Iterator[bytes]:
    at = 0
    while at < len(content):
        name, size = content[at : at + 4], int.from_bytes(content[at + 4 : at + 8], "little")
        data = content[at + 8 : at + 8 + size]
        if len(content) < at + 8 or len(data) < size:
            raise Broken
        if name == b"VP8X" and data:
            data = bytes([data[0] & WEBP_WITHOUT]) + data[1:]
        if name == b"ANMF" and frames:
            inner = _webp_parts(data[FRAME_HEAD:], frames=False)
            data = data[:FRAME_HEAD] + b"".join(_bounded(inner))
        if name in DRAWING_WEBP and (frames or name != b"ANMF"):
            yield name + len(data).to_bytes(4, "little") + data + b"\x00" * (len(data) % 2)
        at += 8 + size + size % 2


def _pdf(content: bytes) -> bytes:
    """Have the PDF written anew by a process of its own, which knows nothing and is bound."""
    try:
        done = subprocess.run(  # noqa: S603 - our own module, nothing of the file in the command
            [sys.executable, "-m", REWRITER],
            input=content,
            capture_output=True,
            cwd=HOUSE,
            env={},
            timeout=PATIENCE,
            check=True,
        )
    except subprocess.SubprocessError as fault:
        raise Broken from fault
    return done.stdout


def _bounded(parts: Iterator) -> Iterator:
    """Pass parts on, as many as a true file has; one of more is not taken."""
    for number, part in enumerate(parts):
        if number > MOST_PARTS:
            raise Broken
        yield part


STRIPPERS: dict[str, Callable[[bytes], bytes]] = {
    "image/jpeg": _jpeg,
    "image/png": _png,
    "image/webp": _webp,
    "application/pdf": _pdf,
}
