"""Old addresses of merged entries lead on for good, with all that stands below them: cards, dates, sheets."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from quartierwerk.web import addresses

from ..models import Moved, RecordKind


def now_at(kind: RecordKind, pk: UUID, *, inside: bool = False) -> UUID | None:
    """The number under which a merged record is found; None where it was never merged."""
    rows = Moved.objects if inside else Moved.published
    return rows.filter(kind=kind, old=pk).values_list("new", flat=True).first()


def follows_moves(kind: RecordKind) -> Callable:
    """View decorator: where there is no such record, the same page of the one it was merged into."""

    def decorate(view: Callable) -> Callable:
        @wraps(view)
        def with_moves(request, *args, pk, **keys) -> HttpResponse:
            try:
                return view(request, *args, pk=pk, **keys)
            except Http404:
                new = now_at(kind, pk, inside=request.area == "staff")
                if new is None:
                    raise
                return _at(request, new, keys)

        return with_moves

    return decorate


def _at(request, new: UUID, keys: dict) -> HttpResponse:
    build = addresses.staff if request.area == "staff" else addresses.public
    path = build(request.resolver_match.view_name, request, pk=new, **keys)
    query = request.META.get("QUERY_STRING", "")
    # What was typed is sent along to the new address.
    is_asking = request.method in ("GET", "HEAD")
    return redirect(f"{path}?{query}" if query else path, permanent=True, preserve_request=not is_asking)
