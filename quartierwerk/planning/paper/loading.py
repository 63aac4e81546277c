"""A paper as the answer to a request, and the list of what can be loaded."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.text import slugify

from quartierwerk.languages import tags

from .formats import FORMATS


def answer(content: bytes, format: str, title: str) -> HttpResponse:
    one = FORMATS[format]
    name = f"{slugify(title)[:80] or 'konzept'}.{one.ending}"
    headers = {"Content-Disposition": str(content_disposition_header(True, name))}
    return HttpResponse(content, content_type=one.mime, headers=headers)


def listed(
    title: str,
    formats: Iterable[str],
    address: Callable[[str], str],
    *,
    language: str,
    reader: str,
    sizes: Mapping[str, int] | None = None,
) -> list[dict[str, Any]]:
    """For `{% file_list %}`: each format with its size, where it is known, and the language of its words."""
    return [
        {
            "name": f"{title} ({FORMATS[one].label})",
            "url": address(one),
            "kind": FORMATS[one].use,
            "size": (sizes or {}).get(one),
            "lang": tags.name(language, reader),
        }
        for one in formats
    ]


def dated(title: str, day: date) -> str:
    return f"{title} {day:%Y-%m-%d}"
