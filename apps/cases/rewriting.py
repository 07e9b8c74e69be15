"""Write one PDF anew, in a process of its own: `python -m apps.cases.rewriting`, file in, file out.

Only what the pages reach is written: earlier versions of the file, and whatever hung on behind its
end, stay behind. So do its description, XMP, scripts and other actions, files within it, earlier
previews, and the names of who signed it or wrote its notes. Pages keep their streams bit by bit.

Anyone may send a file, so the process has no environment, no secrets, and a bound on time and room.
"""

import io
import resource
import sys
import zlib
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from apps.cases.stripping import Broken, stripped

SECONDS, ROOM, DEEPEST, LARGEST_PICTURE = 5, 1 << 30, 60, 64 << 20
ACTIONS = frozenset(
    f"/{kind}"
    for kind in ("JavaScript", "Launch", "SubmitForm", "ImportData", "Rendition", "Movie", "Sound")
)
ROOT = ("/Collection", "/Perms", "/DSS", "/Legal", "/AF", "/OpenAction", "/AA")
NAMED = ("/EmbeddedFiles", "/JavaScript")
ANYWHERE = ("/PieceInfo", "/LastModified", "/CreatorInfo")
NOTE = ("/T", "/M", "/CreationDate", "/NM", "/Subj")
FILES = frozenset(["/F", "/UF", "/DOS", "/Mac", "/Unix"])
PAGE, WIDGET, DRAWN = (frozenset([name]) for name in ("/Page", "/Widget", "/XObject"))
SIGNED = frozenset(["/Sig", "/DocTimeStamp"])
JPEG, PACKED = "/DCTDecode", ["/FlateDecode", "/DCTDecode"]


def rewritten(content: bytes) -> bytes:
    """Return the PDF without what its pages do not show; raise `Broken`."""
    out = io.BytesIO()
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            _clear(pdf)
            pdf.save(
                out,
                fix_metadata_version=False,
                object_stream_mode=pikepdf.ObjectStreamMode.disable,
                deterministic_id=True,
            )
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError, MemoryError) as fault:
        raise Broken from fault
    return out.getvalue()


def _clear(pdf: Pdf) -> None:
    for key in ("/Info", "/ID"):
        _drop(pdf.trailer, key)
    root = pdf.Root
    if not len(pdf.pages):
        raise Broken
    for key in ROOT:
        _drop(root, key)
    for key in NAMED:
        _drop(root.get("/Names"), key)
    _drop(root.get("/AcroForm"), "/XFA")
    for found in pdf.objects:
        for part in _dictionaries(found):
            _clear_one(part)


def _dictionaries(found: Object) -> Iterator[Object]:
    """Walk through an object and what stands directly in it; the others come by themselves."""
    waiting = [(found, 0)]
    while waiting:
        part, depth = waiting.pop()
        if depth > DEEPEST:
            raise Broken
        if isinstance(part, Dictionary | Stream):
            yield part
            inner = [value for _key, value in part.items()]
        else:
            inner = list(part) if isinstance(part, Array) else []
        waiting.extend(
            (value, depth + 1)
            for value in inner
            if isinstance(value, Dictionary | Array) and not value.is_indirect
        )


def _clear_one(part: Object) -> None:
    for key in _telling(part):
        _drop(part, key)
    if isinstance(part, Stream):
        _clear_picture(part)


def _telling(part: Object) -> list[str]:
    """Return the keys that say something besides what is shown; all, where the whole does."""
    if _is(part, "/S", ACTIONS) or _encloses(part) or _signed(part):
        return list(part.keys())
    keys = list(ANYWHERE)
    if _describes(part.get("/Metadata")):
        keys.append("/Metadata")
    if _is(part, "/Type", PAGE):
        keys.append("/Thumb")
    return [*keys, *NOTE] if _is_note(part) else keys


def _encloses(part: Object) -> bool:
    """Whether this describes a file within; what is named so among resources is none."""
    files = part.get("/EF")
    return isinstance(files, Dictionary) and set(files.keys()) <= FILES


def _is_note(part: Object) -> bool:
    """Whether it lies on a page and is no field, whose name is no person's."""
    return "/Rect" in part and "/FT" not in part and not _is(part, "/Subtype", WIDGET)


def _describes(found: Object | None) -> bool:
    return isinstance(found, Stream) and not _is(found, "/Type", DRAWN)


def _clear_picture(picture: Stream) -> None:
    """Take out of a JPEG what it says besides what it shows; one packed anew is unpacked."""
    named = picture.get("/Filter")
    filters = [str(name) for name in named] if isinstance(named, Array) else [str(named)]
    if filters not in ([JPEG], PACKED):
        return
    raw = picture.read_raw_bytes()
    if filters == PACKED:
        raw = zlib.decompressobj().decompress(raw, LARGEST_PICTURE)
    try:
        clean = stripped(raw, "image/jpeg")
    except Broken:
        return
    picture.write(clean, filter=Name.DCTDecode)


def _is(part: Object, key: str, values: frozenset[str]) -> bool:
    value = part.get(key)
    return isinstance(value, Name) and str(value) in values


def _signed(part: Object) -> bool:
    return _is(part, "/Type", SIGNED) or isinstance(part.get("/ByteRange"), Array)


def _drop(part: Object | None, key: str) -> None:
    if isinstance(part, Dictionary | Stream) and key in part:
        del part[key]


def _bound() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (ROOM, ROOM))


if __name__ == "__main__":
    _bound()
    try:
        sys.stdout.buffer.write(rewritten(sys.stdin.buffer.read()))
    except Broken:
        sys.exit(1)
