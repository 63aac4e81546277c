"""Office files are zip archives that carry the moment they were packed; ours carry only what they say."""

import io
import re
import zipfile
from datetime import UTC, datetime

EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)  # the first moment a zip archive can name


def same_bytes(archive: bytes, saved_at: datetime | None = None) -> bytes:
    """An XLSX or DOCX file without the clock of its making.

    saved_at  written as moment of creation and change
    """
    moment = f"{saved_at or EARLIEST:%Y-%m-%dT%H:%M:%SZ}".encode()
    result = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as source,
        zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == "docProps/core.xml":
                content = re.sub(
                    rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)",
                    rb"\g<1>" + moment + rb"\g<3>",
                    content,
                )
            stamped = zipfile.ZipInfo(entry.filename, date_time=EARLIEST.timetuple()[:6])
            stamped.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(stamped, content)
    return result.getvalue()
