"""Two entries that mean the same: choosing the other one, comparing both, making one of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from quartierwerk import rights
from quartierwerk.chain.actions import LinkRefused
from quartierwerk.rights import needs
from quartierwerk.web import addresses

from ..editing import duplicates
from ..editing.listing import beginning
from ..models import Offer, Organisation, RecordKind
from . import actions, comparing
from .comparing import Entry
from .following import follows_moves, now_at

MOST_FOUND = 20


@dataclass(frozen=True)
class _Kind:
    """What differs between offers and organisations on these pages."""

    name: RecordKind
    model: type[Entry]
    page: str
    choose: str
    compare: str
    likely: Callable[[Any], list[Any]]


_OFFERS = _Kind(
    RecordKind.OFFER, Offer, "directory_staff:offer", "directory_staff:merge_offer",
    "directory_staff:merge_offers", duplicates.of_saved_offer,
)  # fmt: skip
_ORGANISATIONS = _Kind(
    RecordKind.ORGANISATION, Organisation, "directory_staff:edit_organisation", "directory_staff:merge_organisation",
    "directory_staff:merge_organisations", duplicates.of_saved_organisation,
)  # fmt: skip


@needs("directory.merge")
@follows_moves(RecordKind.OFFER)
def choose_offer(request, pk):
    return _choose(request, _OFFERS, pk)


@needs("directory.merge")
@follows_moves(RecordKind.ORGANISATION)
def choose_organisation(request, pk):
    return _choose(request, _ORGANISATIONS, pk)


@needs("directory.merge")
def merge_offers(request, pk, other):
    return _merge(request, _OFFERS, pk, other)


@needs("directory.merge")
def merge_organisations(request, pk, other):
    return _merge(request, _ORGANISATIONS, pk, other)


def _choose(request, kind: _Kind, pk):
    """Which other entry means the same: those that look like it, or by its name."""
    mine = _mine(request, kind)
    record = rights.find_or_404(request.person, "directory.merge", kind.model, pk)
    begins = request.GET.get("q", "").strip()
    likely = {one.pk for one in kind.likely(record)}
    found = mine.filter(pk__in=likely)
    if begins:
        found = beginning(mine.exclude(pk=pk), begins)
    values = {
        "record": record,
        "title": comparing.title_of(record),
        "found": [
            (one, comparing.title_of(one), addresses.staff(kind.compare, request, pk=pk, other=one.pk))
            for one in found.order_by("sort_key", "pk")[:MOST_FOUND]
        ],
        "begins": begins,
        "crumbs": _crumbs(request, kind, record, _("Merge")),
    }
    return render(request, "directory/staff/merge_choose.html", values)


def _mine(request, kind: _Kind):
    rows = rights.visible(request.person, "directory.merge", kind.model.objects.all())  # type: ignore[attr-defined]
    names = ("address", "space", "organisation") if kind.model is Offer else ("address", "space")
    return rows.select_related(*names)


def _merge(request, kind: _Kind, pk, other):
    """Both side by side. `pk` stays, `other` becomes part of it."""
    if now_at(kind.name, other, inside=True) == pk:
        return _merged(request, kind, pk)  # pressed twice, or an old tab
    rows = _mine(request, kind)
    here = rights.find_or_404(request.person, "directory.merge", rows, pk)
    there = rights.find_or_404(request.person, "directory.merge", rows.exclude(pk=pk), other)
    chosen, refusal, missing = comparing.chosen_in(request.POST), "", []
    if request.method == "POST":
        try:
            actions.merge(here, there, chosen, seal=request.POST.get("seal", ""), by=request.person)
        except actions.ChangedMeanwhile as meanwhile:
            refusal, status = str(meanwhile), 409
        except actions.Unanswered as open_:
            refusal, status, missing = str(open_), 422, open_.missing
        except actions.NotMerged as why:
            refusal, status = str(why), 422
        except LinkRefused as circle:
            refusal, status = circle.words, 422
        except kind.model.DoesNotExist:
            refusal, status = _("One of the entries has just been merged or deleted by somebody else."), 409
        else:
            return _merged(request, kind, pk)
    values = {
        "comparison": comparing.Comparison(here, there, request.lang, chosen, missing),
        "titles": (comparing.title_of(here), comparing.title_of(there)),
        "pages": [addresses.staff(kind.page, request, pk=one) for one in (pk, other)],
        "reversed": addresses.staff(kind.compare, request, pk=other, other=pk),
        "choose": addresses.staff(kind.choose, request, pk=pk),
        "refusal": refusal,
        "crumbs": _crumbs(request, kind, here, _("Merge")),
    }
    return render(request, "directory/staff/merge.html", values, status=status if refusal else 200)


def _merged(request, kind: _Kind, pk):
    messages.success(
        request, _("Merged. Old addresses lead here, and the history of both stands under “History”.")
    )
    return redirect(addresses.staff(kind.page, request, pk=pk))


def _crumbs(request, kind: _Kind, record: Entry, here: str) -> list[tuple[str, str]]:
    return [
        (comparing.title_of(record), addresses.staff(kind.page, request, pk=record.pk)),
        (here, ""),
    ]
