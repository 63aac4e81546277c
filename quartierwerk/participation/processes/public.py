"""A process on the portal: where it stands, what is proposed, what came of it. Nobody needs an account."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from quartierwerk.rights import open_to_all
from quartierwerk.tenants import scope
from quartierwerk.tenants.managers import children
from quartierwerk.web import addresses
from quartierwerk.web.once import may_repeat

from ..models import Checked, Process, Proposal, ProposalComment
from ..votes import showing
from . import actions, pages
from .forms import CommentForm, GroupsForm, ProposalForm


def crumbs(request: HttpRequest, *more: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Taking part"), addresses.public("participation:processes", request)), *more]


def within(request: HttpRequest, process: Process, title: str, here: str) -> list[tuple[str, str]]:
    """The way to a page that lies below this process, which is called `title` in the reader's language."""
    page = addresses.public("participation:process", request, pk=process.pk)
    return crumbs(request, (title, page), (here, ""))


def find(request: HttpRequest, pk) -> Process:
    return get_object_or_404(pages.published(request), pk=pk)


@open_to_all
def processes(request: HttpRequest) -> HttpResponse:
    values = {
        "entries": pages.entries(pages.published(request), request),
        "crumbs": [(_("Taking part"), "")],
    }
    return render(request, "participation/public/processes.html", values)


@open_to_all
def process(request: HttpRequest, pk) -> HttpResponse:
    found, at = find(request, pk), timezone.now()
    texts = pages.show_all(found, request.lang)
    kind = actions.open_kind(found, at)
    values = {
        "process": found,
        "texts": texts,
        "steps": pages.steps(found, at),
        "ideas": pages.ideas(found, request),
        "meetings": pages.meetings(found, request),
        "may_propose": kind in actions.MAY_PROPOSE,
        "vote": showing.on_process_page(found, request),
        "received": "received" in request.GET,
        "crumbs": crumbs(request, (texts["title"].text, "")),
    }
    return render(request, "participation/public/process.html", values)


@open_to_all
def propose(request: HttpRequest, pk) -> HttpResponse:
    found = find(request, pk)
    form = ProposalForm(request.POST if request.method == "POST" else None, request=request)
    is_open = actions.open_kind(found) in actions.MAY_PROPOSE
    if form.is_bound and form.is_valid() and is_open:
        try:
            actions.propose(request, found, form.cleaned_data)
            return redirect(addresses.public("participation:process", request, pk=pk) + "?received=1")
        except actions.NotNow:
            is_open = False
    title = pages.show_all(found, request.lang)["title"]
    values = {
        "process": found,
        "title": title,
        "form": form,
        "is_open": is_open,
        "crumbs": within(request, found, title.text, _("Make a proposal")),
    }
    status = 200 if not form.is_bound else 422 if is_open else 409
    return render(request, "participation/public/propose.html", values, status=status)


@open_to_all
def proposal(request: HttpRequest, pk) -> HttpResponse:
    """One proposal with what others say to it."""
    rows = children(
        Proposal.published.filter(tenant=request.tenant, state=Checked.SHOWN), "translations", "comments"
    )
    found = get_object_or_404(rows, pk=pk)
    process = find(request, found.process_id)
    is_open = actions.open_kind(process) in actions.MAY_COMMENT
    form = CommentForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        if not is_open:
            raise Http404
        actions.comment(request, found, process, form.cleaned_data["words"])
        return redirect(f"{request.path}?received=1")
    title = pages.show_all(process, request.lang)["title"]
    shown = pages.idea(found, request)
    values = {
        "idea": shown,
        "process": process,
        "comments": ProposalComment.published.filter(proposal=found, state=Checked.SHOWN),
        "form": form if is_open else None,
        "received": "received" in request.GET,
        "crumbs": within(request, process, title.text, shown.title.text),
    }
    return render(request, "participation/public/proposal.html", values, status=422 if form.is_bound else 200)


@may_repeat
@open_to_all
def groups(request: HttpRequest, pk) -> HttpResponse:
    """Who takes part: answered by whoever likes. Totals only, and no trace of the form, hence the exception."""
    found = find(request, pk)
    form = GroupsForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with scope.entered(scope.staff(request.tenant)):
            actions.count_groups(found, form.cleaned_data["groups"])
        return redirect(f"{request.path}?received=1")
    title = pages.show_all(found, request.lang)["title"]
    values = {
        "process": found,
        "form": form,
        "received": "received" in request.GET,
        "crumbs": within(request, found, title.text, _("Who takes part?")),
    }
    return render(request, "participation/public/groups.html", values, status=422 if form.is_bound else 200)
