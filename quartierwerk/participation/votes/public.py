"""Voting and drawing a code on the portal. Neither leaves a trace beside box and roll: no journal entry, no note of the form."""

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from quartierwerk.languages.showing import show_all
from quartierwerk.people import throttling
from quartierwerk.rights import open_to_all
from quartierwerk.tenants import scope
from quartierwerk.web.once import may_repeat

from ..processes.public import find, within
from . import box, casting, codes, drawing, showing

PAGE = re.compile("[0-9a-f]{32}")


@never_cache
@may_repeat
@open_to_all
def vote(request: HttpRequest, pk) -> HttpResponse:
    process = find(request, pk)
    shown = showing.on_process_page(process, request)
    if shown is None:
        raise Http404
    title = show_all(process, request.lang)["title"]
    values = {
        "process": process,
        "title": title,
        "shown": shown,
        "vote": shown.vote,
        "accepted": request.GET.get("accepted", ""),
        "crumbs": within(request, process, title.text, _("The vote")),
    }
    if request.method != "POST":
        form = casting.form_for(shown.vote, request.lang) if shown.state == "open" else None
        return render(request, "participation/public/vote.html", values | {"form": form})
    with scope.entered(scope.staff(request.tenant)):
        tried = casting.attempt(shown.vote, request.POST, request.lang)
    if tried.accepted:
        return redirect(f"{request.path}?accepted={tried.accepted}")
    if tried.unknown_code:
        # Only wrong codes are counted: who votes leaves no counter behind.
        throttling.count(request, "vote_code")
        throttling.count_for_place(request, "vote_code_place")
    status = 409 if tried.closed else 422
    return render(
        request,
        "participation/public/vote.html",
        values | {"form": tried.form, "closed": tried.closed},
        status=status,
    )


@never_cache
@may_repeat
@open_to_all
def draw(request: HttpRequest, pk, token: str) -> HttpResponse:
    """Behind the mailed link. Opening it changes nothing, since mail scanners open links; the button draws the code."""
    with scope.entered(scope.staff(request.tenant)):
        entry = drawing.opened_by(pk, token)
        if entry is None:
            raise Http404
        process = entry.vote.process
        values = {
            "process": process,
            "title": show_all(process, request.lang)["title"],
            "phase": entry.vote.phase,
            "drawn": entry.has_code,
            "crumbs": [(_("Draw a code"), "")],
        }
        page, status = request.POST.get("page", ""), 200
        if request.method == "POST" and PAGE.fullmatch(page):
            try:
                values["code"] = codes.shown(drawing.draw(entry, page))
            except drawing.AlreadyDrawn:
                values["drawn"], status = True, 409
            except box.BoxClosed:
                values["closed"], status = True, 409
        else:
            values["page"] = drawing.new_page()
        return render(request, "participation/public/draw.html", values, status=status)
