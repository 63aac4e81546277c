"""A form sent several times has one effect: double clicks, impatient taps, a browser that repeats itself (R1.09).

The key of a form is the digest of what was sent. It holds Django's CSRF token, which is masked anew for every page,
so that the same page sent again has the same key and a fresh page never has. Copies wait for each other
under an advisory lock and get the first answer. A page that stays and sends again by htmx renders a new token
with each answer. Refused forms (4xx) leave nothing behind: corrected or not, they may be sent again.

The effect and the note that it happened are one transaction: a crash leaves both or neither, and a fault on our side
(5xx) leaves nothing.
"""

import hashlib
from contextlib import nullcontext
from datetime import timedelta

from django.db import connection, transaction
from django.http import HttpResponseRedirect
from django.utils import timezone

from .models import SentForm

KEPT = timedelta(days=1)
TOKEN = "csrfmiddlewaretoken"  # noqa: S105


def may_repeat(view):
    """For forms whose repetition is harmless and must leave no trace (ballots replace themselves)."""
    view.may_repeat = True
    return view


def in_steps(view):
    """For effects that must be kept step by step and may be begun again, as erasing: they commit themselves."""
    view.in_steps = True
    return view


class Once:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method != "POST" or not self._is_counted(request):
            return self.get_response(request)
        key = _key(request)
        with _one_at_a_time(key):
            first = SentForm.objects.filter(key=key, at__gt=timezone.now() - KEPT).first()
            if first:
                return HttpResponseRedirect(first.location or request.get_full_path())
            with nullcontext() if _says(request, "in_steps") else transaction.atomic():
                response = self.get_response(request)
                if response.status_code < 400:
                    SentForm.objects.update_or_create(
                        key=key, defaults={"location": response.headers.get("Location", "")[:500]}
                    )
                elif response.status_code >= 500 and connection.in_atomic_block:
                    transaction.set_rollback(True)
            return response

    def _is_counted(self, request) -> bool:
        return not leaves_no_trace(request) and TOKEN in request.POST


def leaves_no_trace(request) -> bool:
    """Whether nothing may be noted of this form, not even that it was sent."""
    return _says(request, "may_repeat")


def _says(request, mark: str) -> bool:
    return bool(getattr(getattr(request.resolver_match, "func", None), mark, False))


def _key(request) -> bytes:
    digest = hashlib.sha256()
    session = request.session.session_key or "" if hasattr(request, "session") else ""
    parts = [request.get_full_path(), session, request.META.get("CSRF_COOKIE", "")]
    parts += [part for name in sorted(request.POST) for part in (name, *request.POST.getlist(name))]
    for name in sorted(request.FILES):
        for file in request.FILES.getlist(name):
            parts += [name, file.name or "", _content(file)]
    for part in parts:
        digest.update(len(part.encode()).to_bytes(4, "big") + part.encode())
    return digest.digest()


def _content(file) -> str:
    """Digest of an uploaded file; read in portions and wound back for the view."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


class _one_at_a_time:  # noqa: N801 - reads as a statement
    """Holds an advisory lock of this connection; the server frees it if the process dies."""

    def __init__(self, key: bytes):
        self.number = int.from_bytes(key[:8], "big", signed=True)

    def __enter__(self):
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_lock(%s)", [self.number])

    def __exit__(self, *exception):
        if connection.connection is None or connection.needs_rollback:
            return
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_unlock(%s)", [self.number])
