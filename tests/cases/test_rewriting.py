"""A PDF keeps its pages and loses what they do not show, however deeply it is packed."""

import io
import random
import zlib
from contextlib import suppress
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, AttachedFileSpec, Dictionary, Name, Pdf, Stream, String

from apps.cases import stripping
from apps.cases.rewriting import rewritten
from apps.cases.sniffing import LARGEST, media_type
from apps.cases.stripping import Broken, stripped

FILES = Path(__file__).parent / "files"
PDF, JPEG = (FILES / "noted.pdf").read_bytes(), (FILES / "drawn.jpg").read_bytes()
KIND = "application/pdf"
SECRET = "Asha Rao, 28.61 N 77.20 E"
ACTION = {"S": Name.JavaScript, "JS": String(SECRET)}
EXIF = b"Exif\x00\x00" + SECRET.encode()
LADEN_JPEG = JPEG[:2] + b"\xff\xe1" + (len(EXIF) + 2).to_bytes(2, "big") + EXIF + JPEG[2:]


def picture(pdf: Pdf, *, packed: bool) -> Stream:
    made = Stream(pdf, zlib.compress(LADEN_JPEG) if packed else LADEN_JPEG)
    made.Type, made.Subtype = Name.XObject, Name.Image
    made.Width, made.Height, made.BitsPerComponent = 32, 24, 8
    made.ColorSpace = Name.DeviceRGB
    made.Filter = Array([Name.FlateDecode, Name.DCTDecode]) if packed else Name.DCTDecode
    return made


def laden() -> bytes:
    """A PDF that tells of a person in every way we know, most of it in compressed streams."""
    with pikepdf.open(io.BytesIO(PDF)) as pdf:
        page = pdf.pages[0]
        pdf.docinfo["/Author"] = SECRET
        with pdf.open_metadata() as described:
            described["dc:creator"] = [SECRET]
        pdf.attachments["note.txt"] = AttachedFileSpec(pdf, SECRET.encode(), filename=SECRET)
        scripts = Array([String("begin"), Dictionary(**ACTION)])
        pdf.Root.Names.JavaScript = Dictionary(Names=scripts)
        pdf.Root.OpenAction = Dictionary(**ACTION)
        pdf.Root.AcroForm = Dictionary(Fields=Array([signed(pdf)]), XFA=String(SECRET))
        page.obj.PieceInfo = Dictionary(Word=Dictionary(Private=String(SECRET)))
        page.obj.Thumb = Stream(pdf, SECRET.encode())
        page.obj.Metadata = pdf.make_stream(SECRET.encode())
        page.obj.Annots = Array([note(pdf), attached(pdf), link(pdf)])
        page.obj.Resources.XObject = Dictionary(
            Im1=picture(pdf, packed=False), Im2=picture(pdf, packed=True)
        )
        out = io.BytesIO()
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return out.getvalue() + SECRET.encode()


def note(pdf: Pdf) -> pikepdf.Object:
    facts = {"T": String(SECRET), "M": String(SECRET), "Contents": String("See page 2.")}
    box = Array([0, 0, 9, 9])
    return pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=box, **facts))


def attached(pdf: Pdf) -> pikepdf.Object:
    file = Dictionary(F=pdf.make_stream(SECRET.encode()))
    spec = Dictionary(Type=Name.Filespec, F=String(SECRET), EF=file)
    box = Array([0, 0, 9, 9])
    return Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=box, FS=spec)


def link(pdf: Pdf) -> pikepdf.Object:
    box = Array([0, 0, 9, 9])
    return Dictionary(
        Type=Name.Annot, Subtype=Name.Link, Rect=box, AA=Dictionary(E=Dictionary(**ACTION))
    )


def signed(pdf: Pdf) -> pikepdf.Object:
    value = Dictionary(Type=Name.Sig, Name=String(SECRET), ByteRange=Array([0, 1, 2, 3]))
    return pdf.make_indirect(
        Dictionary(FT=Name.Sig, T=String("Signature1"), V=pdf.make_indirect(value))
    )


def all_said(content: bytes) -> bytes:
    """Everything in a PDF: its bytes, its objects, and its streams packed and unpacked."""
    said = [content]
    with pikepdf.open(io.BytesIO(content)) as pdf:
        said.append(repr(pdf.trailer).encode())
        for found in pdf.objects:
            said.append(repr(found).encode())
            if isinstance(found, Stream):
                said.append(found.read_raw_bytes())
                with suppress(zlib.error):
                    said.append(zlib.decompress(said[-1]))
    return b"\n".join(said)


def test_what_a_pdf_says_of_people_is_taken_out_of_its_streams_too():
    content = laden()
    assert all_said(content).count(SECRET.encode()) > 12

    clean = stripped(content, KIND)

    assert b"Asha" not in all_said(clean)
    assert media_type(clean) == KIND
    assert stripped(clean, KIND) == clean


def test_pages_keep_what_they_show():
    clean = stripped(laden(), KIND)

    with pikepdf.open(io.BytesIO(PDF)) as before, pikepdf.open(io.BytesIO(clean)) as after:
        (old,), (new,) = before.pages, after.pages
        assert new.obj.Contents.read_bytes() == old.obj.Contents.read_bytes()
        assert (new.mediabox, set(new.obj.Resources.Font.keys())) == (
            old.mediabox,
            set(old.obj.Resources.Font.keys()),
        )
        first, second = (new.obj.Resources.XObject[name] for name in ("/Im1", "/Im2"))
        assert first.read_raw_bytes() == second.read_raw_bytes() == stripped(JPEG, "image/jpeg")
        assert str(new.obj.Annots[0].Contents) == "See page 2."
        assert str(after.Root.AcroForm.Fields[0].T) == "Signature1"


def test_names_in_resources_are_no_keys_of_ours():
    with pikepdf.open(io.BytesIO(PDF)) as pdf:
        fonts = pdf.pages[0].obj.Resources.Font
        for name in ("/AA", "/JS", "/T", "/AF", "/FS", "/EF", "/F"):
            fonts[name] = fonts[next(iter(fonts.keys()))]
        kept, out = set(fonts.keys()), io.BytesIO()
        pdf.save(out)

    with pikepdf.open(io.BytesIO(rewritten(out.getvalue()))) as after:
        assert set(after.pages[0].obj.Resources.Font.keys()) == kept


def test_an_earlier_version_in_the_same_file_stays_behind():
    start = PDF.rindex(b"startxref") + len(b"startxref")
    before = int(PDF[start:].split()[0])
    with pikepdf.open(io.BytesIO(PDF)) as pdf:
        number = pdf.pages[0].obj.Contents.objgen[0]
    stream = b"%d 0 obj << /Length 0 >> stream\n\nendstream endobj\n" % number
    at = len(PDF) + 1
    table = b"xref\n%d 1\n%010d 00000 n \n" % (number, at)
    size = max(int(part) for part in PDF.split(b"/Size ")[1].split()[:1])
    with pikepdf.open(io.BytesIO(PDF)) as pdf:
        root = pdf.Root.objgen[0]
    trailer = b"trailer << /Size %d /Root %d 0 R /Prev %d >>\n" % (size, root, before)
    revised = (
        PDF + b"\n" + stream + table + trailer + b"startxref\n%d\n%%%%EOF" % (at + len(stream))
    )
    with pikepdf.open(io.BytesIO(PDF)) as pdf:
        shown = pdf.pages[0].obj.Contents.read_raw_bytes()
    assert shown in revised

    assert shown not in rewritten(revised)


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-" + b"<?xpacket begin" * (LARGEST // 15),
        b"%PDF-/Info 1 0 R" + b" 1 0 obj" * (LARGEST // 8),
        b"%PDF-/Info 1 0 R 1 0 obj" + b"(" * LARGEST,
        b"%PDF-/Info 1 0 R 1 0 obj" + b"<" * LARGEST,
        b"%PDF-1.4 1 0 obj " + b"[" * LARGEST,
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Kids[2 0 R]/Count 9>>"
        b"endobj trailer<</Root 1 0 R>>",
        b"%PDF-1.4\n" + b"".join(b"%d 0 obj<</Type/Page>>endobj\n" % n for n in range(150_000)),
        PDF[:900],
        b"%PDF-",
    ],
)
def test_what_is_no_whole_pdf_is_refused_and_ends(content):
    with pytest.raises(Broken):
        stripped(content, KIND)


def test_a_process_that_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(stripping, "PATIENCE", 0.01)

    with pytest.raises(Broken):
        stripped(PDF, KIND)


def test_spoilt_bytes_are_refused_or_cleaned_and_never_a_fault():
    chance, content = random.Random(26), laden()
    for _time in range(200):
        spoilt = bytearray(content)
        for _byte in range(chance.randint(1, 6)):
            spoilt[chance.randrange(8, len(spoilt))] = chance.randrange(256)
        with suppress(Broken):
            rewritten(bytes(spoilt[: chance.randint(60, len(spoilt))]))


def test_the_process_that_rewrites_is_told_no_secret(tmp_path, monkeypatch):
    told = tmp_path / "environment"
    script = tmp_path / "spy.py"
    script.write_text(f"import os\nopen({str(told)!r}, 'w').write(repr(dict(os.environ)))\n")
    monkeypatch.setattr(stripping, "HOUSE", tmp_path)
    monkeypatch.setattr(stripping, "REWRITER", "spy")
    monkeypatch.setenv("SECRET_KEY", "very secret")

    stripped(PDF, KIND)

    assert "very secret" not in told.read_text()
