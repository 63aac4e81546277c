from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from quartierwerk import rights
from quartierwerk.rights import may, needs
from quartierwerk.tenants.models import Visibility
from quartierwerk.web import addresses, editing

from . import actions, pages
from .forms import NewPictureForm, PictureForm
from .models import Picture, PictureFile
from .public import send
from .receiving import drawn

PER_PAGE = 24


@needs("pictures.read")
def pictures(request):
    """All pictures one may use, newest first."""
    rows = rights.visible(
        request.person, "pictures.read", Picture.objects.with_texts().order_by("-changed_at", "pk")
    )
    values = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "may_add": may(request.person, "pictures.write"),
    }
    return render(request, "uploads/staff/pictures.html", values)


@needs("pictures.write")
def add_picture(request):
    sent = request.method == "POST"
    form = NewPictureForm(
        request.POST if sent else None,
        request.FILES if sent else None,
        instance=Picture(language=request.tenant.source_language),
    )
    if sent and (sizes := drawn(request, form)) is not None:
        picture = actions.add_picture(form, sizes, by=request.person)
        _tell(request, picture)
        return redirect(addresses.staff("pictures_staff:picture", request, pk=picture.pk))
    values = {"form": form, "new": True, "typed_again": sent}
    return render(request, "uploads/staff/picture_form.html", values, status=422 if sent else 200)


def _tell(request, picture: Picture) -> None:
    if picture.visibility == Visibility.PUBLIC:
        messages.success(request, _("Saved. The picture may be shown to visitors."))
    else:
        messages.warning(
            request, _("Saved for staff only: visitors see the picture once all persons in it have agreed.")
        )


@needs("pictures.read")
def picture(request, pk):
    """One picture with its rights; whoever may not change it reads them."""
    record = rights.find_or_404(request.person, "pictures.read", Picture.objects.with_texts(), pk)
    form, status = PictureForm(request.POST or None, instance=record), 200
    if request.method == "POST":
        rights.require(request.person, "pictures.write", record)
        status = 422
        if form.is_valid():
            try:
                saved = actions.change_picture(form, by=request.person)
            except editing.EditedMeanwhile:
                status = 409
            else:
                _tell(request, saved)
                return redirect(request.get_full_path())
    return _page(request, record, form, status)


def _page(request, record: Picture, form: PictureForm, status: int, *, not_sure: bool = False):
    values = {
        "picture": record,
        "form": form,
        "may_write": may(request.person, "pictures.write", record),
        "uses": pages.uses(record),
        "credit": pages.credit(record),
        "not_sure": not_sure,
    }
    return render(request, "uploads/staff/picture_form.html", values, status=status)


@needs("pictures.write")
@require_POST
def delete(request, pk):
    record = rights.find_or_404(request.person, "pictures.write", Picture.objects.with_texts(), pk)
    if request.POST.get("sure") != "yes":
        return _page(request, record, PictureForm(instance=record), 422, not_sure=True)
    actions.delete_picture(record, by=request.person)
    messages.success(request, _("The picture is deleted. It is gone from all pages."))
    return redirect(addresses.staff("pictures_staff:pictures", request))


@needs("pictures.read")
@require_safe
def file(request, pk, size):
    record = rights.find_or_404(request.person, "pictures.read", Picture, pk)
    found = PictureFile.objects.filter(picture=record, size=size).defer("content").first()
    if found is None:
        raise Http404
    return send(request, found)
