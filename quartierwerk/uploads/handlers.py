"""A Django upload handler that looks at a file while it arrives and stores nothing of what is refused.

The rest of the form is still read, so that what was typed stays. Only a request that is far too long is cut off.
"""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import SkipFile, StopUpload, TemporaryFileUploadHandler
from django.http import HttpRequest

from quartierwerk.uploads.sniffing import Refused, Sniffer

MAX_BYTES = 20 * 1024 * 1024  # of one file, unless the setting UPLOAD_MAX_BYTES says otherwise
CUT_OFF = 5  # times as much is not even read


def refused_uploads(request: HttpRequest) -> dict[str, Refused]:
    """Why files of this request were not taken, by the name of their field."""
    request.FILES  # noqa: B018 - reads the body
    return getattr(request, "_refused_uploads", {})


class CheckedUploadHandler(TemporaryFileUploadHandler):
    """Set as the only handler. Files go to a temporary file; an accepted one carries `sniffed`."""

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        self.request_length: int = args[2]

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        self.max_bytes = getattr(settings, "UPLOAD_MAX_BYTES", MAX_BYTES)
        if self.request_length > CUT_OFF * self.max_bytes:
            raise StopUpload(connection_reset=True)
        super().new_file(*args, **kwargs)
        self.sniffer = Sniffer(max_bytes=self.max_bytes)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        try:
            self.sniffer.feed(raw_data)
        except Refused as refusal:
            self._refuse(refusal)
            raise SkipFile from None
        super().receive_data_chunk(raw_data, start)

    def file_complete(self, file_size: int) -> Any:
        try:
            sniffed = self.sniffer.finish()
        except Refused as refusal:
            self._refuse(refusal)
            return None
        file: Any = super().file_complete(file_size)
        file.sniffed = sniffed
        file.content_type = sniffed.mime_type  # not what the sender says
        return file

    def _refuse(self, refusal: Refused) -> None:
        self.file.close()  # removes it
        request: Any = self.request
        if request is not None:
            request._refused_uploads = {**getattr(request, "_refused_uploads", {}), self.field_name: refusal}
