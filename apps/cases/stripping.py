"""What a file says besides what it shows, taken out without decoding or recompressing a pixel.

A picture is rebuilt from the parts that draw it: camera data, places, names, comments, previews and
whatever was hung on behind its end stay behind. Of a PDF what lies open (its description, XMP
packets, Exif in its pictures) is blanked in place; what it packs in compressed streams stays, and
that is said. What a picture shows, and how a sensor's noise looks, nothing here can take out.

Anyone may send a file: every search here is linear, every walk has its end.
"""

import re
import zlib
from collections.abc import Callable, Iterator
from itertools import islice


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
PACKETS = ((b"<?xpacket begin", b"<?xpacket end"), (b"<x:xmpmeta", b"</x:xmpmeta>"))
INFO = re.compile(rb"/Info\s{1,9}(\d{1,9})\s{1,9}(\d{1,5})\s{1,9}R")
EXIF = re.compile(rb"\xff\xe1(..)Exif\x00\x00", re.DOTALL)
BRACKET = re.compile(rb"\\.|[()]", re.DOTALL)
HEX = re.compile(rb"(?<!<)<([0-9A-Fa-f\s]+)>(?!>)")
MOST_DESCRIPTIONS, LONGEST_DESCRIPTION = 8, 65_536


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
    """Blank what lies open; every byte keeps its place, as a PDF is read by places."""
    file = bytearray(content)
    for opening, closing in PACKETS:
        for start, end in _spans(content, opening, closing):
            file[start:end] = b" " * (end - start)
    end = 0
    for exif in EXIF.finditer(content):
        if exif.start() >= end:
            end = min(exif.start() + 2 + int.from_bytes(exif[1], "big"), len(file))
            file[exif.end() : end] = bytes(max(end - exif.end(), 0))
    for start, end in _descriptions(content):
        for begin, close in _words(content, start, end):
            file[begin:close] = b" " * (close - begin)
        for digits in HEX.finditer(content, start, end):
            file[digits.start(1) : digits.end(1)] = b"2" * len(digits[1])
    return bytes(file)


def _descriptions(content: bytes) -> Iterator[tuple[int, int]]:
    """Find the dictionaries in which a PDF says who made it, when and with what."""
    named = {found.groups() for found in islice(INFO.finditer(content), MOST_DESCRIPTIONS)}
    for number, generation in named:
        opening = re.compile(rb"(?<!\d)%s\s{1,9}%s\s{1,9}obj\b" % (number, generation))
        for found in islice(opening.finditer(content), MOST_DESCRIPTIONS):
            limit = found.end() + LONGEST_DESCRIPTION
            end = content.find(b"endobj", found.end(), limit)
            yield found.end(), end if end > 0 else min(limit, len(content))


def _words(content: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Find what stands in brackets, which may hold brackets in their turn; an open one too."""
    depth, begin = 0, start
    for found in BRACKET.finditer(content, start, end):
        if found[0] == b"(":
            begin = begin if depth else found.end()
            depth += 1
        elif found[0] == b")" and depth:
            depth -= 1
            if not depth:
                yield begin, found.start()
    if depth:
        yield begin, end


def _spans(content: bytes, opening: bytes, closing: bytes) -> Iterator[tuple[int, int]]:
    at = content.find(opening)
    while at >= 0:
        end = content.find(closing, at)
        if end < 0:
            return
        yield at, end
        at = content.find(opening, end)


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
