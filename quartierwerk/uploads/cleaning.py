"""Taking out of files what their makers did not mean to send: place and camera of a picture, author of a document.

Pictures are drawn anew, so nothing of the old file survives but what is seen. DOCX and XLSX lose their property
parts. A PDF keeps its metadata: removing it without damaging forms and signatures needs a tool of its own; the page
that takes PDFs must say so. Sound files are not changed either.
"""

import io
import re
import warnings
import zipfile

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError
from PIL.JpegImagePlugin import JpegImageFile

from quartierwerk.uploads.sniffing import PICTURES, Kind, Refused

MAX_PIXELS = 40_000_000  # a phone's largest picture; unpacked 160 MB
LONGEST_SIDE = 2_400  # pixels, enough for A4 in print
QUALITY = 85


def clean(content: bytes, kind: Kind) -> bytes:
    """The file without hidden data; kinds that cannot be cleaned come back as they are (see `is_cleaned`)."""
    if kind in PICTURES:
        return clean_picture(content)
    if kind in ("docx", "xlsx"):
        return clean_office(content)
    return content


def is_cleaned(kind: Kind) -> bool:
    return kind in PICTURES or kind in ("docx", "xlsx", "text")


def clean_picture(content: bytes, *, longest_side: int = LONGEST_SIDE) -> bytes:
    """The picture upright, at most so large, in its own format, without any metadata. Animations keep one frame."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture: Image.Image = Image.open(io.BytesIO(content), formats=("PNG", "JPEG", "WEBP"))
            kind = str(picture.format)
            if picture.width * picture.height > MAX_PIXELS:
                raise Refused(
                    "too_many_pixels", _("The picture has too many pixels. Please make it smaller.")
                )
            if isinstance(picture, JpegImageFile):
                picture.draft("RGB", (longest_side * 2, longest_side * 2))  # decodes less of a large picture
            picture = ImageOps.exif_transpose(picture) or picture
            picture.load()
    except Refused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Refused(
            "too_many_pixels", _("The picture has too many pixels. Please make it smaller.")
        ) from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise Refused("broken", _("This picture is damaged. Please send it once more.")) from error
    clear = "A" in picture.getbands() or "transparency" in picture.info
    drawn = picture.convert("RGBA" if clear and kind != "JPEG" else "RGB")
    drawn.thumbnail((longest_side, longest_side))
    # A new image: what the old one carried (EXIF, XMP, comments, profiles, thumbnails) stays behind.
    bare = Image.frombytes(drawn.mode, drawn.size, drawn.tobytes())
    out = io.BytesIO()
    if kind == "PNG":
        bare.save(out, "PNG", optimize=True)
    else:
        bare.save(out, kind, quality=QUALITY)
    return out.getvalue()


_PROPERTIES = re.compile(r"^(?:docProps/.*|customXml/.*|word/people\.xml|xl/persons/.*)$")
_AUTHOR = re.compile(rb'(\bw:(?:author|initials)=")[^"]*(")')


def clean_office(content: bytes) -> bytes:
    """DOCX or XLSX without title, author, company, thumbnail; authors of comments and changes lose their names."""
    out = io.BytesIO()
    try:
        with (
            zipfile.ZipFile(io.BytesIO(content)) as old,
            zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
        ):
            left_out = {name for name in old.namelist() if _PROPERTIES.match(name)}
            for part in old.infolist():
                if part.filename in left_out or part.is_dir():
                    continue
                data = old.read(part)
                if part.filename == "[Content_Types].xml":
                    data = _without_entries(
                        data, rb"<Override\b[^>]*?PartName=\"/([^\"]+)\"[^>]*?/>", left_out
                    )
                elif part.filename.endswith(".rels"):
                    data = _without_targets(data, part.filename, left_out)
                elif part.filename.startswith("word/") and part.filename.endswith(".xml"):
                    data = _AUTHOR.sub(rb"\1\2", data)
                elif part.filename.startswith("xl/comments"):
                    data = re.sub(rb"(<author>)[^<]*(</author>)", rb"\1\2", data)
                # A fixed date: the time of packing is metadata, too.
                new.writestr(
                    zipfile.ZipInfo(part.filename, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED
                )
    except Exception as error:
        raise Refused(
            "broken", _("This file is damaged. Please save it again and send it once more.")
        ) from error
    return out.getvalue()


def _without_entries(data: bytes, pattern: bytes, left_out: set[str]) -> bytes:
    return re.sub(
        pattern, lambda found: b"" if found[1].decode("utf-8", "replace") in left_out else found[0], data
    )


def _without_targets(data: bytes, rels: str, left_out: set[str]) -> bytes:
    """Relations to parts that were left out. Targets count from the folder above `_rels`, or from the root."""
    folder = rels.split("_rels/")[0]

    def kept(found: re.Match[bytes]) -> bytes:
        target = found[1].decode("utf-8", "replace")
        path = target.lstrip("/") if target.startswith("/") else _joined(folder, target)
        return b"" if path in left_out else found[0]

    return re.sub(rb"<Relationship\b[^>]*?Target=\"([^\"]+)\"[^>]*?/>", kept, data)


def _joined(folder: str, target: str) -> str:
    steps: list[str] = []
    for step in f"{folder}{target}".split("/"):
        if step == "..":
            steps[-1:] = []
        elif step not in ("", "."):
            steps.append(step)
    return "/".join(steps)
