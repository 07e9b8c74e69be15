"""Hidden data are taken out, what is shown stays; no file can make it run long or fall over.

The pictures were made by Chromium; drawn again after stripping, each has the very same
pixels.
"""

import random
import time
import zlib
from contextlib import suppress
from pathlib import Path

import pytest

from apps.cases.sniffing import LARGEST, media_type
from apps.cases.stripping import Broken, stripped

FILES = Path(__file__).parent / "files"
SECRET = b"Asha Rao, 28.61 N 77.20 E"
JPEG, PNG, WEBP = ((FILES / name).read_bytes() for name in ("drawn.jpg", "drawn.png", "drawn.webp"))
PATIENCE = 5


def chunk(name: bytes, data: bytes) -> bytes:
    check = zlib.crc32(name + data).to_bytes(4, "big")
    return len(data).to_bytes(4, "big") + name + data + check


def segment(marker: int, data: bytes) -> bytes:
    return bytes([0xFF, marker]) + (len(data) + 2).to_bytes(2, "big") + data


def riff(name: bytes, data: bytes) -> bytes:
    return name + len(data).to_bytes(4, "little") + data + b"\x00" * (len(data) % 2)


def webp(*parts: bytes) -> bytes:
    body = b"".join(parts)
    return b"RIFF" + (len(body) + 4).to_bytes(4, "little") + b"WEBP" + body


LADEN_JPEG = (
    JPEG[:2]
    + segment(0xE1, b"Exif\x00\x00MM\x00*" + SECRET)
    + segment(0xE1, b"http://ns.adobe.com/xap/1.0/\x00" + SECRET)
    + segment(0xED, b"Photoshop 3.0\x00" + SECRET)
    + segment(0xFE, SECRET)
    + JPEG[2:]
    + SECRET
)
LADEN_PNG = (
    PNG[:33]
    + chunk(b"tEXt", b"Author\x00" + SECRET)
    + chunk(b"eXIf", b"MM\x00*" + SECRET)
    + chunk(b"tIME", b"\x07\xea\x0b\x17\x0b\x00\x00")
    + PNG[33:]
    + SECRET
)
LADEN_WEBP = (
    webp(
        riff(b"VP8X", bytes([0x2C]) + bytes(9)),
        stripped(WEBP, "image/webp")[12:],
        *(riff(name, SECRET) for name in (b"EXIF", b"XMP ", b"Asha")),
    )
    + SECRET
)


@pytest.mark.parametrize(
    ("laden", "kind"),
    [
        (LADEN_JPEG, "image/jpeg"),
        (LADEN_PNG, "image/png"),
        (LADEN_WEBP, "image/webp"),
    ],
)
def test_what_a_file_says_of_people_is_taken_out(laden, kind):
    assert (SECRET in laden, media_type(laden)) == (True, kind)

    clean = stripped(laden, kind)

    assert b"Asha" not in clean
    assert media_type(clean) == kind
    assert stripped(clean, kind) == clean


def test_what_draws_a_picture_stays_bit_by_bit():
    assert stripped(LADEN_PNG, "image/png") == PNG
    assert stripped(LADEN_JPEG, "image/jpeg") == stripped(JPEG, "image/jpeg")
    assert JPEG[JPEG.index(b"\xff\xdb") :] in stripped(LADEN_JPEG, "image/jpeg")
    kept = stripped(LADEN_WEBP, "image/webp")
    assert kept[kept.index(b"VP8 ") :] in LADEN_WEBP
    assert kept[20] & 0x2C == 0


def test_text_is_kept_as_it_came():
    assert stripped(SECRET, "text/plain") == SECRET


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PNG[:-20], "image/png"),
        (PNG[:40] + b"\x00" + PNG[41:], "image/png"),
        (PNG[:8] + PNG[33:], "image/png"),
        (JPEG[:200], "image/jpeg"),
        (b"\xff\xd8\xff\xd9", "image/jpeg"),
        (b"\xff\xd8\xff", "image/jpeg"),
        (WEBP[:-20], "image/webp"),
        (webp(riff(b"EXIF", SECRET)), "image/webp"),
    ],
)
def test_a_file_that_does_not_hold_together_is_refused(content, kind):
    with pytest.raises(Broken):
        stripped(content, kind)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\xff\xd8" + b"\xff" * LARGEST, "image/jpeg"),
        (b"\xff\xd8" + b"\xff\xd0" * (LARGEST // 2), "image/jpeg"),
        (b"\xff\xd8" + segment(0xDA, b"") + b"\xff\x00" * (LARGEST // 2), "image/jpeg"),
        (PNG[:33] + chunk(b"tEXt", b"") * (LARGEST // 12), "image/png"),
        (webp(riff(b"VP8 ", b"") * (LARGEST // 8)), "image/webp"),
    ],
)
def test_no_file_makes_it_run_long(content, kind):
    begun = time.monotonic()

    with suppress(Broken):
        stripped(content, kind)

    assert time.monotonic() - begun < PATIENCE


def test_nested_frames_do_not_nest_forever():
    content = riff(b"VP8 ", b"")
    for _depth in range(5000):
        content = riff(b"ANMF", bytes(16) + content)

    clean = stripped(webp(content), "image/webp")

    assert len(clean) < 100


@pytest.mark.parametrize(
    ("laden", "kind"),
    [(LADEN_JPEG, "image/jpeg"), (LADEN_PNG, "image/png"), (LADEN_WEBP, "image/webp")],
)
def test_spoilt_bytes_are_refused_or_cleaned_and_never_a_fault(laden, kind):
    chance = random.Random(26)
    for _time in range(400):
        spoilt = bytearray(laden)
        for _byte in range(chance.randint(1, 4)):
            spoilt[chance.randrange(8, len(spoilt))] = chance.randrange(256)
        try:
            stripped(bytes(spoilt[: chance.randint(20, len(spoilt))]), kind)
        except Broken:
            continue
