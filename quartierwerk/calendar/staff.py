from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from quartierwerk import journal, rights
from quartierwerk.places.models import Address
from quartierwerk.rights import may, needs
from quartierwerk.tenants.models import Visibility
from quartierwerk.web import addresses, editing

from . import actions, checking, pages
from .dates import address_lines, is_past
from .forms import CancelForm, ClosingDayForm, page_of
from .models import ClosingDay, PublicDate
from .recurrence import in_words

PER_PAGE = 50


@needs("calendar.read")
def dates(request: HttpRequest) -> HttpResponse:
    """What is still to come, by its first day; what is over by asking for it."""
    today = timezone.localdate()
    over = Q(freq="once", starts_on__lt=today) | ~Q(freq="once") & Q(until__lt=today)
    is_over = request.GET.get("over") == "1"
    rows = rights.visible(request.person, "calendar.read", PublicDate.objects.all())
    rows = rows.filter(over) if is_over else rows.exclude(over)
    order = ("-starts_on", "-opens_at", "pk") if is_over else ("starts_on", "opens_at", "pk")
    page = Paginator(rows.select_related("space").order_by(*order), PER_PAGE).get_page(
        request.GET.get("page")
    )
    values = {
        "page": page,
        "rows": [(row, in_words(row.rule(), today)) for row in page],
        "is_over": is_over,
        "may_add": may(request.person, "calendar.write"),
    }
    return render(request, "calendar/staff/dates.html", values)


@needs("calendar.read")
def date(request: HttpRequest, pk) -> HttpResponse:
    record = rights.find_or_404(
        request.person, "calendar.read", PublicDate.objects.with_everything().select_related("tenant"), pk
    )
    return _show(request, record, CancelForm())


def _show(
    request: HttpRequest, record: PublicDate, cancelling: CancelForm, status: int = 200
) -> HttpResponse:
    today = timezone.localdate()
    values = {
        "date": record,
        "when": in_words(record.rule(), today),
        "shown": pages.date_page(record, request, today),
        "is_past": is_past(record, today),
        "address_lines": address_lines(record.address) if record.address else [],
        "spoken": pages.spoken_in_words(record.languages_spoken, request.lang),
        "may_write": may(request.person, "calendar.write", record),
        "neighbours": actions.neighbours(record, by=request.person),
        "cancelling": cancelling,
        "note": checking.here().on_page,
        **checking.here().notes(request, record),
    }
    return render(request, "calendar/staff/date.html", values, status=status)


@needs("calendar.write")
def add_date(request: HttpRequest) -> HttpResponse:
    return _edit(request, _new(request), None)


@needs("calendar.write")
def edit_date(request: HttpRequest, pk) -> HttpResponse:
    record = rights.find_or_404(
        request.person, "calendar.write", PublicDate.objects.select_related("tenant", "address"), pk
    )
    return _edit(request, record, record.address)


@needs("calendar.write")
def copy_date(request: HttpRequest, pk) -> HttpResponse:
    """The same once more on other days: the form, filled in but for its days."""
    source = rights.find_or_404(
        request.person, "calendar.write", PublicDate.objects.select_related("tenant", "address"), pk
    )
    return _edit(request, *actions.copied(source))


def _new(request: HttpRequest) -> PublicDate:
    return PublicDate(
        language=request.tenant.source_language,
        freq=PublicDate.Frequency.ONCE,
        visibility=Visibility.PUBLIC,
    )


def _edit(request: HttpRequest, record: PublicDate, address: Address | None) -> HttpResponse:
    new, here = record._state.adding, checking.here()
    draft = here.opened(request, record)
    page = page_of(record, draft.data, by=request.person, reader=request.lang, address=address)
    status = 200
    if request.method != "POST":
        draft.show(page)
    else:
        status = 422
        if page.is_valid():
            try:
                saved = draft.save(page, actions.save_date)
            except (editing.EditedMeanwhile, here.meanwhile):
                status = 409
            else:
                draft.tell()
                _tell_of_neighbours(request, saved)
                return redirect(addresses.staff("calendar_staff:date", request, pk=saved.pk))
    values = {
        "form": page.main, "place": page.address, "date": record, "new": new, "draft": draft, "note": here.on_form,
    }  # fmt: skip
    return render(request, "calendar/staff/date_form.html", values, status=status)


def _tell_of_neighbours(request: HttpRequest, record: PublicDate) -> None:
    if count := len(actions.neighbours(record, by=request.person)):
        words = ngettext(
            "%(n)s other date takes place at the same time. Please look below.",
            "%(n)s other dates take place at the same time. Please look below.",
            count,
        )
        messages.warning(request, words % {"n": count})


@needs("calendar.write")
@require_POST
def cancel_date(request: HttpRequest, pk) -> HttpResponse:
    record = rights.find_or_404(
        request.person, "calendar.write", PublicDate.objects.with_everything().select_related("tenant"), pk
    )
    form = CancelForm(request.POST)
    if not form.is_valid():
        return _show(request, record, form, status=422)
    if checking.here().cancelled(request, record, form.cleaned_data["why"]):
        messages.success(
            request,
            _("Cancelled. Visitors see it at once; the reason as soon as somebody has looked at it."),
        )
    else:
        messages.success(request, _("Cancelled. Visitors and subscribed diaries see it with the reason."))
    return redirect(addresses.staff("calendar_staff:date", request, pk=pk))


@needs("calendar.write")
@require_POST
def restore_date(request: HttpRequest, pk) -> HttpResponse:
    record = rights.find_or_404(request.person, "calendar.write", PublicDate, pk)
    checking.here().restored(request, record)
    messages.success(request, _("It takes place after all. Visitors see it without the notice."))
    return redirect(addresses.staff("calendar_staff:date", request, pk=pk))


@needs("closing_days.read")
def closing_days(request: HttpRequest) -> HttpResponse:
    """Closing days from today on, and the form for one more."""
    form = ClosingDayForm(request.POST or None, instance=_new_closing_day(), by=request.person)
    status = 200
    if request.method == "POST":
        rights.require(request.person, "closing_days.write")
        status = 422
        if form.is_valid():
            editing.save(form, action="closing_days.write", by=request.person)
            messages.success(request, _("Saved. Nothing that rests on holidays is shown on these days."))
            return redirect(addresses.staff("calendar_staff:closing_days", request))
    rows = rights.visible(
        request.person, "closing_days.read", ClosingDay.objects.filter(last__gte=timezone.localdate())
    )
    values = {
        "page": Paginator(rows.select_related("space").order_by("first", "pk"), PER_PAGE).get_page(
            request.GET.get("page")
        ),
        "form": form,
        "may_add": may(request.person, "closing_days.write"),
        "own": rights.visible(request.person, "closing_days.write", ClosingDay.objects.all()).values_list(
            "pk", flat=True
        ),
    }
    return render(request, "calendar/staff/closing_days.html", values, status=status)


def _new_closing_day() -> ClosingDay:
    return ClosingDay(visibility=Visibility.PUBLIC)


@needs("closing_days.write")
def edit_closing_day(request: HttpRequest, pk) -> HttpResponse:
    record = rights.find_or_404(request.person, "closing_days.write", ClosingDay, pk)
    form = ClosingDayForm(request.POST or None, instance=record, by=request.person)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                editing.save(form, action="closing_days.write", by=request.person)
            except editing.EditedMeanwhile:
                status = 409
            else:
                messages.success(request, _("Saved."))
                return redirect(addresses.staff("calendar_staff:closing_days", request))
    return _closing_day_page(request, record, form, status)


def _closing_day_page(request: HttpRequest, record: ClosingDay, form, status: int, *, not_sure: bool = False):
    values = {"form": form, "closing_day": record, "not_sure": not_sure}
    return render(request, "calendar/staff/closing_day.html", values, status=status)


@needs("closing_days.write")
@require_POST
def delete_closing_day(request: HttpRequest, pk) -> HttpResponse:
    record = rights.find_or_404(request.person, "closing_days.write", ClosingDay, pk)
    if request.POST.get("sure") != "yes":
        form = ClosingDayForm(instance=record, by=request.person)
        return _closing_day_page(request, record, form, 422, not_sure=True)
    journal.record("closing day deleted", record, by=request.person)
    record.delete()
    messages.success(request, _("Deleted."))
    return redirect(addresses.staff("calendar_staff:closing_days", request))
