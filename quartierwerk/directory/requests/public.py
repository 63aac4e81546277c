"""What visitors leave without an account: a place asked for, a barrier, a wish."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from quartierwerk.languages.showing import Shown, show_all
from quartierwerk.rights import open_to_all
from quartierwerk.tenants import scope
from quartierwerk.tenants.models import Tenant
from quartierwerk.web import addresses, codes

from .. import rules, topics
from ..finding import pages
from ..finding.gathering import catalogue_of
from ..finding.question import Question
from ..finding.wish_words import wish_of
from ..merging.following import follows_moves
from ..models import RecordKind
from ..showing.public import find_offer
from . import about, barriers, registering, wishes
from .forms import BarrierForm, CodeForm, RegistrationForm, WishForm


def title_of(offer, request) -> Shown:
    """As the offer's own page names it: in the reader's language where there is a translation."""
    return show_all(offer, request.lang)["title"]


def _crumbs(request, offer, here: str) -> list[tuple[str, str]]:
    return [
        (_("Offers"), addresses.public("directory:offers", request)),
        (title_of(offer, request).text, addresses.public("directory:offer", request, pk=offer.pk)),
        (here, ""),
    ]


@open_to_all
@follows_moves(RecordKind.OFFER)
def register(request, pk):
    """Ask for a place, or for one on the waiting list."""
    offer = find_offer(pk)
    form = RegistrationForm(request.POST if request.method == "POST" else None, offer=offer, request=request)
    values = {
        "offer": offer,
        "title": title_of(offer, request),
        "form": form,
        "crumbs": _crumbs(request, offer, _("Ask for a place")),
    }
    if request.method == "POST" and form.is_valid():
        try:
            code = registering.ask_for_place(request, offer, form.cleaned_data)
        except registering.NoRegistration:
            return render(request, "directory/public/register.html", {**values, "closed": True}, status=409)
        return redirect(addresses.public("directory:registration", request, code=code))
    free = rules.free_seats(offer.seats, offer.seats_taken)
    open_ = rules.takes_registrations(offer.kind, offer.registration, offer.has_waiting_list, free)
    status = 422 if form.is_bound else 200
    return render(
        request,
        "directory/public/register.html",
        {**values, "closed": not open_, "is_full": free == 0},
        status=status,
    )


@open_to_all
def find_registration(request):
    """To one's own entry by the code, typed from paper."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    values = {"form": form, "crumbs": [(_("My place"), "")]}
    if form.is_bound and form.is_valid():
        code = codes.readable(form.cleaned_data["code"])
        if _found(request, code):
            return redirect(addresses.public("directory:registration", request, code=code))
        form.add_error("code", _("No entry has this code. Please check it, or ask the office."))
    return render(
        request, "directory/public/find_registration.html", values, status=422 if form.is_bound else 200
    )


def _found(request, code: str):
    """The registration, in a municipality whose offers this portal shows."""
    for tenant in _tenants(request):
        with scope.entered(scope.staff(tenant)):
            if one := registering.find(tenant, code):
                return one
    return None


def _tenants(request):
    return Tenant.objects.filter(pk__in=request.tenant.lineage)


@open_to_all
def registration(request, code):
    """One's own entry: what happens next, and how to take it back."""
    record = _found(request, code)
    if record is None:
        raise Http404
    with scope.entered(scope.staff(record.tenant)):
        values = {
            "record": record,
            "offer": record.offer,
            "title": title_of(record.offer, request),
            "code": code,
            "place": registering.place_in_list(record),
            "free": rules.free_seats(record.offer.seats, record.offer.seats_taken) or 0,
            "crumbs": [(_("My place"), "")],
        }
        response = render(request, "directory/public/registration.html", values)
    response.headers["Cache-Control"] = "no-store"
    return response


@open_to_all
@require_POST
def withdraw(request, code):
    record = _found(request, code)
    if record is None:
        raise Http404
    with scope.entered(scope.staff(record.tenant)):
        registering.withdraw(record, by=request.person)
    return redirect(addresses.public("directory:registration", request, code=code))


@open_to_all
@follows_moves(RecordKind.OFFER)
def barrier(request, pk):
    """I could not use this."""
    offer = find_offer(pk)
    form = BarrierForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        barriers.report(request, offer, **form.cleaned_data)
        return redirect(f"{request.path}?sent=1")
    values = {
        "offer": offer,
        "title": title_of(offer, request),
        "form": form,
        "sent": "sent" in request.GET,
        "crumbs": _crumbs(request, offer, _("I could not use this")),
    }
    return render(request, "directory/public/barrier.html", values, status=422 if form.is_bound else 200)


@open_to_all
def missing(request):
    """This is missing: from an empty search in one tap, or in one's own words; or a word about what is there."""
    spoken_of = about.of(request)
    quarters = pages.quarters_of(request)
    question = Question.of(request)
    start = wish_of(request, question, quarters)
    form = WishForm(
        request.POST if request.method == "POST" else None,
        initial=start,
        request=request,
        quarters=quarters,
        is_about=spoken_of is not None,
    )
    if request.method == "POST" and form.is_valid():
        wishes.leave(request, form.cleaned_data, about=spoken_of)
        return redirect(f"{request.path}?sent=1" + (f"&about={request.GET['about']}" if spoken_of else ""))
    values = {
        "form": form,
        "about": spoken_of,
        "sent": "sent" in request.GET,
        "topics": [] if spoken_of else _topics_with_offers(request),
        "crumbs": [
            (spoken_of.title, spoken_of.url)
            if spoken_of
            else (_("Offers"), addresses.public("directory:offers", request)),
            (_("Say something") if spoken_of else _("This is missing"), ""),
        ],
    }
    return render(request, "directory/public/missing.html", values, status=422 if form.is_bound else 200)


def _topics_with_offers(request):
    _stamp, catalogue = catalogue_of(request.tenant)
    counts = catalogue.counts_of("topic")
    return [(topic, counts[topic.code]) for topic in topics.known(counts)]
