from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from quartierwerk import rights
from quartierwerk.rights import may, needs
from quartierwerk.web import addresses, editing

from . import actions, pages
from .forms import REFUSALS, SpaceForm, SuccessorForm
from .models import SocialSpace
from .register import register

PER_PAGE = 50


@needs("places.read")
def spaces(request: HttpRequest) -> HttpResponse:
    """All spaces that hold on a day, in the order of the map; former ones by asking for an earlier day."""
    asked = pages.asked_day(request)
    rows = rights.visible(request.person, "places.read", SocialSpace.objects.on(asked.day))
    kind = request.GET.get("kind", "")
    if kind in SocialSpace.Kind.values:
        rows = rows.filter(kind=kind)
    page = Paginator(rows.order_by("position", "sort_key", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    title = _("Areas on this page")
    values = {
        "page": page,
        "asked": asked,
        "kind": kind,
        "kinds": SocialSpace.Kind.choices,
        "may_write": may(request.person, "places.write"),
        "map": pages.staff_map(page.object_list, title, link=lambda space: _address(request, space)),
    }
    return render(request, "places/staff/spaces.html", values)


@needs("places.read")
def space(request: HttpRequest, pk) -> HttpResponse:
    record = rights.find_or_404(request.person, "places.read", SocialSpace, pk)
    before, after = pages.succession(record)
    day = pages.day_within(record)
    near = rights.visible(request.person, "places.read", pages.neighbours(record, day))
    values = {
        "space": record,
        "before": before,
        "after": after,
        "is_former": record.valid_until is not None and record.valid_until <= timezone.localdate(),
        "may_write": may(request.person, "places.write", record),
        "map": pages.staff_map(near, record.name, current=record) if record.outline else "",
    }
    return render(request, "places/staff/space.html", values)


@needs("places.write")
def add_space(request: HttpRequest) -> HttpResponse:
    last = SocialSpace.objects.order_by("-position").values_list("position", flat=True).first() or 0
    return _edit(request, SocialSpace(position=last + 1, visibility="public"))


@needs("places.write")
def edit_space(request: HttpRequest, pk) -> HttpResponse:
    return _edit(request, rights.find_or_404(request.person, "places.write", SocialSpace, pk))


def _edit(request: HttpRequest, record: SocialSpace) -> HttpResponse:
    new = record._state.adding
    form = SpaceForm(request.POST or None, request.FILES or None, instance=record)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                record = editing.save(form, action="places.write", by=request.person)
            except editing.EditedMeanwhile:
                status = 409
            else:
                return _saved(request, form, record)
    values = {"form": form, "space": record, "new": new, "map": _preview(form, record)}
    return render(request, "places/staff/space_form.html", values, status=status)


@needs("places.write")
def replace_space(request: HttpRequest, pk) -> HttpResponse:
    """The borders change on a day: the old space ends, a new one begins."""
    old = rights.find_or_404(request.person, "places.write", SocialSpace, pk)
    form = SuccessorForm(request.POST or None, request.FILES or None, old=old)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            day = form.cleaned_data["day"]
            try:
                new = actions.replace_space(old, form.instance, day, by=request.person)
            except actions.NotReplaceable as refusal:  # somebody else was quicker
                form.add_error("day", str(REFUSALS[refusal.reason]))
            else:
                return _saved(request, form, new)
    values = {
        "form": form,
        "old": old,
        "follows": register.foretold(old),
        "map": _preview(form, form.instance),
    }
    return render(request, "places/staff/replace.html", values, status=status)


def _saved(request: HttpRequest, form: SpaceForm, record: SocialSpace) -> HttpResponse:
    if form.mended:
        messages.warning(
            request, _("Saved. The outline touched itself in places and was mended: please look at the map.")
        )
    else:
        messages.success(request, _("Saved."))
    return redirect(_address(request, record))


def _preview(form: SpaceForm, record: SocialSpace):
    """The outline as it would be saved, beside its neighbours."""
    if not record.outline:
        return ""
    near = [one for one in pages.neighbours(record, pages.day_within(record)) if one.pk != record.pk]
    return pages.staff_map([*near, record], record.name or _("New area"), current=record)


def _address(request: HttpRequest, record: SocialSpace) -> str:
    return addresses.staff("places_staff:space", request, pk=record.pk)
