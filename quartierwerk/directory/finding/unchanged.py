"""Pages that have not changed answer 304: whoever has them already gets a line instead of a page."""

import hashlib
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path

from django.http import HttpResponse
from django.utils.cache import get_conditional_response

import quartierwerk


def answer(request, parts: tuple[str, ...], page: Callable[[], HttpResponse]) -> HttpResponse:
    """The page, or 304 where the browser has it.

    parts   whatever the page depends on beside address and municipality
    Pages of signed-in persons are never kept, and neither are those with a form, whose token is each visitor's own.
    """
    if request.person.is_known:
        return page()
    tag = _tag(request, parts)
    if unchanged := get_conditional_response(request, etag=tag):
        unchanged.headers["Cache-Control"] = "no-cache"
        return unchanged
    response = page()
    if response.status_code == 200 and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE"):
        response.headers["ETag"] = tag
        response.headers["Cache-Control"] = "no-cache"
    return response


def _tag(request, parts: tuple[str, ...]) -> str:
    digest = hashlib.sha256()
    # Name, contact and the like stand in the frame of the page.
    tenant = {name: value for name, value in vars(request.tenant).items() if not name.startswith("_")}
    for part in (request.get_full_path(), repr(sorted(tenant.items())), _release(), *parts):
        digest.update(part.encode() + b"\0")
    return f'"{digest.hexdigest()[:32]}"'


@cache
def _release() -> str:
    """Differs when templates, words or code do; the same in all processes of one installation."""
    newest = 0.0
    for folder, folders, files in os.walk(Path(quartierwerk.__file__).parent):
        folders[:] = [name for name in folders if name not in ("tests", "__pycache__")]
        for name in files:
            if name.endswith((".py", ".html", ".mo")):
                newest = max(newest, os.stat(os.path.join(folder, name)).st_mtime)
    return str(newest)
