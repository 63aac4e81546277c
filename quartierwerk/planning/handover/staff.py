"""What somebody leads and owns, and giving it to others."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quartierwerk.people import handover as handing
from quartierwerk.people.handover import Holder, handover
from quartierwerk.rights import may, needs
from quartierwerk.web import addresses

from . import holders


@needs("people.hand_over")
def hand_overs(request):
    """Who is about to leave, and who has left."""
    values = {"leaving": list(holders.leaving(request)), "days": holders.AHEAD.days}
    return render(request, "planning/staff/handover/leaving.html", values)


@dataclass(frozen=True)
class Item:
    key: str
    title: str
    detail: str
    url: str
    may_end: bool


def _piles(request, holder: Holder) -> list[tuple[Any, list[Item]]]:
    """By sort, in the order in which they were registered."""
    piles: dict[str, tuple[Any, list[Item]]] = {}
    for one in handover.held(holder):
        line = one.sort.line(one.row)
        opens = line.route and may(request.person, one.sort.reads)
        url = addresses.staff(line.route[0], request, **line.route[1]) if line.route and opens else ""
        item = Item(one.key, line.title, line.detail, url, one.sort.end is not None)
        piles.setdefault(one.sort.name, (one.sort.label, []))[1].append(item)
    return list(piles.values())


@needs("people.hand_over")
def hand_over(request, kind, pk):
    holder = holders.found(kind, pk, request.person)
    chosen, to, fault = set(request.POST.getlist("item")), request.POST.get("to", ""), ""
    if request.method == "POST":
        taker = holders.taker(to, holder)
        if not chosen:
            fault = _("Please tick what is meant.")
        elif "end" in request.POST:
            _say(request, handing.let_end(chosen, holder, by=request.person), ended=True)
        elif taker is None:
            fault = _("Please choose who takes it.")
        else:
            _say(request, handing.hand_over(chosen, holder, taker, by=request.person))
        if not fault:
            return redirect(request.path)
    piles = _piles(request, holder)
    values = {
        "holder": holder,
        "piles": piles,
        "number": sum(len(items) for _label, items in piles),
        "may_end": any(item.may_end for _label, items in piles for item in items),
        "takers": holders.takers(holder),
        "chosen": chosen,
        "to": to,
        "fault": fault,
        "crumbs": [
            (_("Hand-over"), addresses.staff("planning_staff:hand_overs", request)),
            (holder.name, ""),
        ],
    }
    return render(request, "planning/staff/handover/holder.html", values, status=422 if fault else 200)


def _say(request, outcome: handing.Outcome, *, ended: bool = False) -> None:
    if outcome.given and ended:
        words = ngettext("%(n)d thing has ended.", "%(n)d things have ended.", outcome.given)
        messages.success(request, words % {"n": outcome.given})
    elif outcome.given:
        words = ngettext("%(n)d thing was handed over.", "%(n)d things were handed over.", outcome.given)
        messages.success(request, words % {"n": outcome.given})
    stay: dict[str, list[str]] = {}
    for one in outcome.left:
        stay.setdefault(one.why, []).append(one.title)
    for why, titles in stay.items():
        messages.warning(request, f"{', '.join(titles)}: {why}")
