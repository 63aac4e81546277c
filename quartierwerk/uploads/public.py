from django.http import HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from quartierwerk.rights import open_to_all

from .models import PictureFile

# In the reader's own browser only, and briefly: a withdrawn consent must work at once.
KEPT_BY_BROWSERS = "private, max-age=600"


@open_to_all
@require_safe
def file(request, pk, size):
    """One size of a picture that visitors may see; hidden, foreign and unknown ones are all not there."""
    rows = PictureFile.published.filter(picture=pk, size=size)
    answer = send(request, get_object_or_404(rows.defer("content")))
    answer["Cache-Control"] = KEPT_BY_BROWSERS
    return answer


def send(request, found: PictureFile) -> HttpResponse:
    """`found` comes without its content, which is read only where the browser does not have it."""
    etag = f'"{found.fingerprint[:32]}"'
    known = get_conditional_response(request, etag=etag)
    answer = known if known is not None else HttpResponse(bytes(found.content), content_type=found.mime_type)
    if not isinstance(answer, HttpResponseNotModified):
        answer["Content-Disposition"] = f'inline; filename="{found.pk}.{found.mime_type.rpartition("/")[2]}"'
    answer["ETag"] = etag
    return answer
