import io
import struct
import zipfile
import zlib

import docx
import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from quartierwerk.intake.reading import open_table
from quartierwerk.uploads import cleaning, sniffing
from quartierwerk.uploads.cleaning import clean, clean_office, clean_picture, is_cleaned
from quartierwerk.uploads.handlers import CheckedUploadHandler, refused_uploads
from quartierwerk.uploads.sniffing import Refused, Sniffer, in_pieces, sniff

CANARY = "canary-7f3a"


def picture(kind="PNG", size=(60, 40), **options):
    out = io.BytesIO()
    Image.new(options.pop("mode", "RGB"), size, options.pop("color", "red")).save(out, kind, **options)
    return out.getvalue()


def document():
    written = docx.Document()
    written.add_paragraph("Guten Tag")
    written.core_properties.author = CANARY
    out = io.BytesIO()
    written.save(out)
    return out.getvalue()


def spreadsheet():
    book = openpyxl.Workbook()
    book.active.append(["Name", "Ort"])
    book.active.append(["Süd", "Rethen"])
    book.properties.creator = CANARY
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def archive(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def sniffed(content, max_bytes=10**8, piece=1000, **options):
    return sniff(in_pieces(content, piece), max_bytes=max_bytes, **options)


def refusal_of(content, **options):
    with pytest.raises(Refused) as refusal:
        sniffed(content, **options)
    assert refusal.value.sentence.endswith(".")
    return refusal.value.code


OPUS = b"OggS\x00\x02" + b"\x00" * 20 + b"\x01\x13OpusHead\x01" + b"\x00" * 50
WEBM = b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm" + b"\x00" * 40 + b"\x86\x86A_OPUS" + b"\x00" * 30


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (picture("PNG"), "png"), (picture("JPEG"), "jpeg"), (picture("WEBP"), "webp"), (b"%PDF-1.7\n" + b"\x00" * 99, "pdf"),
        (document(), "docx"), (spreadsheet(), "xlsx"), (OPUS, "opus"), (WEBM, "opus"), (b"Name;Ort\n", "text"),
        ("Bürgerhaus;5 €\n".encode("cp1252"), "text"), ("Привіт\n".encode("utf-16"), "text"), (("ä" * 5_000).encode(), "text"),
        (b"x" + ("ä" * 5_000).encode(), "text"),
    ],
)  # fmt: skip
def test_kinds_are_known_by_content_in_pieces_of_any_size(content, kind):
    for piece in (1, 7, 1_000, 10**6):
        result = sniffed(content, piece=piece)
        assert (result.kind, result.size) == (kind, len(content))
        assert result.mime_type == sniffing.MIME_TYPES[kind]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"), (b"<svg xmlns='http://www.w3.org/2000/svg'>", "markup"), (b"\xef\xbb\xbf <?xml version='1.0'?><svg>", "markup"),
        (b"<!DOCTYPE html>", "markup"), (b"Text first, then <SCRIPT>alert(1)</script>", "markup"),
        ("<html>".encode("utf-16"), "markup"), (b"GIF89a" + b"\x00" * 50, "unknown"), (b"MZ\x90\x00" + b"\x00" * 80, "unknown"),
        (b"\x7fELF\x00\x00", "unknown"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "unknown"), (archive(x="y"), "unknown"),
        (b"PK\x03\x04 and rubbish", "broken"), (document()[:-100], "broken"),
        (archive(**{"[Content_Types].xml": "spreadsheetml.sheet.main+xml", "xl__workbook.xml": "", "xl__vbaProject.bin": ""}), "macros"),
        (b"a;b\n" * 2_000 + b"\x00\x01", "unknown"),
    ],
)  # fmt: skip
def test_other_kinds_are_refused_in_words(content, code):
    assert refusal_of(content) == code


def test_too_much_is_refused_at_the_piece_too_many():
    read = []

    def endless():
        while True:
            read.append(1)
            yield b"a" * 1_000

    with pytest.raises(Refused) as refusal:
        sniff(endless(), max_bytes=10_000)
    assert refusal.value.code == "too_large"
    assert len(read) == 11


def test_markup_is_refused_at_its_first_piece():
    sniffer = Sniffer(max_bytes=10**9)
    with pytest.raises(Refused):
        sniffer.feed(b"<html>" + b"x" * 5_000)


def test_a_place_may_take_some_kinds_only():
    assert refusal_of(b"%PDF-1.7" + b" " * 5_000, kinds=("png", "jpeg")) == "wrong_kind"
    assert refusal_of(spreadsheet(), kinds=("docx",)) == "wrong_kind"
    assert refusal_of(spreadsheet(), kinds=("png",)) in ("wrong_kind",)
    assert sniffed(picture(), kinds=("png",)).kind == "png"


def test_a_packed_bomb_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(sniffing, "MAX_UNPACKED", 1_000_000)
    assert refusal_of(archive(big="\x00" * 2_000_000)) == "too_large"


@given(st.binary(max_size=200))
def test_any_content_gets_a_kind_or_a_refusal(content):
    try:
        assert sniffed(content, piece=13).kind in sniffing.MIME_TYPES
    except Refused as refusal:
        assert refusal.code  # noqa: PT017


def test_pictures_lose_place_camera_and_comments():
    exif = Image.Exif()
    exif[0x010F] = CANARY
    exif[0x0112] = 6  # turned by a quarter
    exif.get_ifd(0x8825)[1] = "N"
    for kind in ("JPEG", "WEBP", "PNG"):
        content = picture(kind, exif=exif)
        assert CANARY.encode() in content
        bare = clean_picture(content)
        drawn = Image.open(io.BytesIO(bare))
        assert CANARY.encode() not in bare
        assert b"Exif" not in bare
        assert not drawn.getexif()
        assert (drawn.format, drawn.size) == (kind, (40, 60)), "upright although the hint to turn is gone"


def test_large_pictures_are_made_smaller_and_clear_ones_stay_clear():
    assert Image.open(io.BytesIO(clean_picture(picture("JPEG", (5_000, 1_000))))).size == (2_400, 480)
    clear = Image.open(io.BytesIO(clean_picture(picture("PNG", mode="RGBA", color=(255, 0, 0, 10)))))
    assert clear.getpixel((0, 0)) == (255, 0, 0, 10)
    assert (
        Image.open(io.BytesIO(clean_picture(picture("JPEG", mode="CMYK", color=(0, 0, 0, 0))))).mode == "RGB"
    )


def _png_that_claims(width, height):
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\x00" * 10_000))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("side", [7_000, 20_000, 100_000])
def test_a_picture_with_too_many_pixels_is_not_unpacked(side):
    with pytest.raises(Refused) as refusal:
        clean_picture(_png_that_claims(side, side))
    assert refusal.value.code == "too_many_pixels"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x89PNG\r\n\x1a\n",
        picture("JPEG")[:300],
        picture("PNG")[:60],
        b"GIF89a",
        _png_that_claims(500, 500),
    ],
)
def test_damaged_pictures_are_refused(content):
    with pytest.raises(Refused) as refusal:
        clean_picture(content)
    assert refusal.value.code == "broken"


def test_office_documents_lose_their_authors_and_stay_readable():
    for content in (document(), spreadsheet()):
        bare = clean_office(content)
        with zipfile.ZipFile(io.BytesIO(bare)) as package:
            everything = b"".join(package.read(name) for name in package.namelist())
            assert not any(name.startswith("docProps/") for name in package.namelist())
        assert CANARY.encode() not in everything
        assert b"docProps" not in everything, "no relation may point to a part that is gone"
    assert docx.Document(io.BytesIO(clean_office(document()))).paragraphs[0].text == "Guten Tag"
    assert open_table(clean_office(spreadsheet())).rows[0].cells == {"Name": "Süd", "Ort": "Rethen"}
    with pytest.raises(Refused):
        clean_office(b"PK\x03\x04")


def test_authors_of_comments_lose_their_names():
    marked = f'<w:ins w:author="{CANARY}" w:initials="C" w:id="1"/>'
    bare = clean_office(archive(word__document__xml="x", **{"word__comments.xml": marked}))
    with zipfile.ZipFile(io.BytesIO(bare)) as package:
        assert package.read("word/comments.xml") == b'<w:ins w:author="" w:initials="" w:id="1"/>'


def test_what_cannot_be_cleaned_is_said():
    assert [is_cleaned(kind) for kind in ("png", "docx", "text", "pdf", "opus")] == [
        True,
        True,
        True,
        False,
        False,
    ]
    assert clean(b"%PDF-1.7", "pdf") == b"%PDF-1.7"
    assert clean(picture(), "png") == cleaning.clean_picture(picture())


def posted(**files):
    request = RequestFactory().post("/", {"title": "Bleibt", **files, "after": "auch"})
    request.upload_handlers = [CheckedUploadHandler(request)]
    return request


def test_an_upload_says_what_it_is_not_what_its_sender_says():
    request = posted(file=SimpleUploadedFile("evil.html", picture(), content_type="text/html"))
    file = request.FILES["file"]
    assert (file.sniffed.kind, file.content_type, file.size) == ("png", "image/png", len(picture()))
    assert file.read() == picture()
    assert refused_uploads(request) == {}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<svg>" + b" " * 9_000, "markup"),
        (b"<svg>", "markup"),
        (b"MZ\x00\x01" * 30_000, "unknown"),
        (archive(x="y"), "unknown"),
    ],
)
def test_a_refused_upload_keeps_what_was_typed(content, code):
    request = posted(file=SimpleUploadedFile("x.png", content), good=SimpleUploadedFile("y.png", picture()))
    assert (request.POST["title"], request.POST["after"]) == ("Bleibt", "auch")
    assert list(request.FILES) == ["good"]
    assert {name: refusal.code for name, refusal in refused_uploads(request).items()} == {"file": code}


def test_an_upload_over_the_limit_is_not_stored(settings):
    settings.UPLOAD_MAX_BYTES = 100_000
    request = posted(file=SimpleUploadedFile("x.txt", b"a" * 300_000))
    assert refused_uploads(request)["file"].code == "too_large"
    assert request.POST["after"] == "auch"
    settings.UPLOAD_MAX_BYTES = 10_000
    request = posted(file=SimpleUploadedFile("x.txt", b"a" * 300_000))
    assert list(request.FILES) == []
