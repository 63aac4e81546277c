"""A vote in the back office: how it is voted, who may, slips, ballots from paper, counting."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from quartierwerk import rights
from quartierwerk.rights import needs
from quartierwerk.web import addresses, editing
from quartierwerk.web.once import may_repeat

from ..models import Process, RollEntry, Vote
from ..processes.staff import within
from . import box, casting, drawing, showing, slips
from .forms import RollForm, SlipsForm, VoteForm


def _process(request: HttpRequest, pk) -> Process:
    return rights.find_or_404(request.person, "processes.vote", Process, pk)


def _vote(request: HttpRequest, pk) -> Vote:
    found = get_object_or_404(Vote.objects.select_related("process", "phase"), pk=pk)
    _process(request, found.process_id)
    return found


def _to(request: HttpRequest, vote: Vote) -> HttpResponse:
    return redirect(addresses.staff("participation_staff:vote", request, pk=vote.pk))


@needs("processes.vote")
def set_up(request: HttpRequest, pk) -> HttpResponse:
    """How it is voted; fixed once the box has opened."""
    process = _process(request, pk)
    vote = process.votes.select_related("phase").first() or Vote(process=process)
    if vote.phase_id and vote.phase.opens_at <= box.database_now():
        messages.warning(request, _("The box is open already: how it is voted stays as it is."))
        return _to(request, vote)
    form = VoteForm(request.POST or None, instance=vote, process=process)
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            saved = editing.save(form, action="processes.vote", by=request.person, through=process)
            messages.success(request, _("Saved."))
            return _to(request, saved)
        except editing.EditedMeanwhile:
            status = 409
    values = {"process": process, "form": form, "crumbs": within(request, process, (_("The vote"), ""))}
    return render(request, "participation/staff/vote_form.html", values, status=status)


@needs("processes.vote")
def vote(request: HttpRequest, pk) -> HttpResponse:
    return _page(request, _vote(request, pk))


def _page(request: HttpRequest, found: Vote, status: int = 200, **forms) -> HttpResponse:
    now = box.database_now()
    roll = list(found.roll.all())
    values = {
        "vote": found,
        "process": found.process,
        "is_over": now >= found.phase.closes_at,
        "is_before": now < found.phase.opens_at,
        "choosable": showing.choosable(found, request.lang),
        "outcome": showing.outcome(found, request.lang) if found.counted_at else None,
        "roll": roll,
        "drawn": sum(one.has_code for one in roll),
        "to_hand_out": [one for one in roll if not one.has_code and one.way != RollEntry.Way.MAIL],
        "to_mail": sum(one.way == RollEntry.Way.MAIL and not one.has_code for one in roll),
        "roll_form": RollForm(),
        "slips_form": SlipsForm(),
        "crumbs": within(request, found.process, (_("The vote"), "")),
    }
    return render(request, "participation/staff/vote.html", values | forms, status=status)


@needs("processes.vote")
@require_POST
def extend_roll(request: HttpRequest, pk) -> HttpResponse:
    found = _vote(request, pk)
    form = RollForm(request.POST)
    if not form.is_valid():
        return _page(request, found, 422, roll_form=form)
    n = drawing.enter(found, form.people, form.cleaned_data["way"], by=request.person)
    words = ngettext("%(n)d person is new on the roll.", "%(n)d persons are new on the roll.", n)
    messages.success(request, words % {"n": n})
    return _to(request, found)


@may_repeat
@needs("processes.vote")
@require_POST
def hand_out(request: HttpRequest, pk) -> HttpResponse:
    """No note of this form, as of none that touches roll or box."""
    found = _vote(request, pk)
    waiting = found.roll.exclude(way=RollEntry.Way.MAIL)
    chosen = [
        one for one in waiting.values_list("pk", flat=True) if str(one) in request.POST.getlist("entry")
    ]
    drawing.hand_out(found, chosen, by=request.person)
    messages.success(request, _("Noted, without day and hour."))
    return _to(request, found)


@needs("processes.vote")
@require_POST
def send_links(request: HttpRequest, pk) -> HttpResponse:
    found = _vote(request, pk)
    n = drawing.send_links(found, request.tenant, by=request.person)
    messages.success(request, ngettext("%(n)d mail goes out.", "%(n)d mails go out.", n) % {"n": n})
    return _to(request, found)


@never_cache
@may_repeat
@needs("processes.vote")
@require_POST
def print_slips(request: HttpRequest, pk) -> HttpResponse:
    """New codes each time: the sheet is the only place where they are."""
    from quartierwerk.documents import pdf

    found = _vote(request, pk)
    form = SlipsForm(request.POST)
    if not form.is_valid():
        return _page(request, found, 422, slips_form=form)
    try:
        drawn = drawing.slips(found, form.cleaned_data["n"], by=request.person)
    except box.BoxClosed:
        messages.warning(request, _("The vote is over. No more codes are given out."))
        return _to(request, found)
    return HttpResponse(
        pdf.render(slips.sheet(found, drawn, request)),
        content_type="application/pdf",
        headers={"Content-Disposition": 'attachment; filename="stimmzettel-codes.pdf"'},
    )


@needs("processes.vote")
def paper_ballot(request: HttpRequest, pk) -> HttpResponse:
    from quartierwerk.documents import pdf

    found = _vote(request, pk)
    return HttpResponse(
        pdf.render(slips.ballot(found, request)),
        content_type="application/pdf",
        headers={"Content-Disposition": 'inline; filename="stimmzettel.pdf"'},
    )


@never_cache
@may_repeat
@needs("processes.vote")
def type_in(request: HttpRequest, pk) -> HttpResponse:
    """Ballots from paper, one after the other. The same box, the same rules, no trace of who typed."""
    found = _vote(request, pk)
    values = {
        "vote": found,
        "process": found.process,
        "accepted": request.GET.get("accepted", ""),
        "crumbs": within(
            request,
            found.process,
            (_("The vote"), addresses.staff("participation_staff:vote", request, pk=found.pk)),
            (_("Ballots from paper"), ""),
        ),
    }
    if request.method != "POST":
        form = casting.form_for(found, request.lang)
        return render(request, "participation/staff/type_in.html", values | {"form": form})
    tried = casting.attempt(found, request.POST, request.lang)
    if tried.accepted:
        return redirect(f"{request.path}?accepted={tried.accepted}")
    status = 409 if tried.closed else 422
    return render(
        request,
        "participation/staff/type_in.html",
        values | {"form": tried.form, "closed": tried.closed},
        status=status,
    )


@needs("processes.vote")
@require_POST
def count(request: HttpRequest, pk) -> HttpResponse:
    found = _vote(request, pk)
    try:
        box.count(found, by=request.person)
        messages.success(request, _("Counted. The result stands on the public page."))
    except box.NotClosedYet:
        messages.warning(request, _("The box is still open. It is counted when the phase has ended."))
    return _to(request, found)
