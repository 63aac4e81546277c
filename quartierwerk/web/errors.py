"""Pages for what went wrong: what happened, what to do, and whom one can ask. Wired as handlers in `config/urls.py`.

The page for a fault on our side reads neither database nor context processors: they may be what is broken.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language

from quartierwerk.languages.tags import direction


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _bare("web/errors/400.html", 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "web/errors/403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """For `CSRF_FAILURE_VIEW`: mostly a form left open for long, or cookies switched off."""
    return render(request, "web/errors/csrf.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "web/errors/404.html", status=404)


def too_large(request: HttpRequest, limit: int | None = None) -> HttpResponse:
    """A file or form above the limit (bytes)."""
    return render(request, "web/errors/413.html", {"limit": limit}, status=413)


def too_many(request: HttpRequest, wait_seconds: int = 60) -> HttpResponse:
    wait_minutes = max(1, -(-wait_seconds // 60))
    response = render(request, "web/errors/429.html", {"wait_minutes": wait_minutes}, status=429)
    response.headers["Retry-After"] = str(wait_seconds)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    return _bare("web/errors/500.html", 500)


def _bare(template: str, status: int) -> HttpResponse:
    lang = get_language() or "de"
    return HttpResponse(
        render_to_string(template, {"frame": {"lang": lang, "dir": direction(lang)}}), status=status
    )
