"""The municipality's own page: whom visitors reach, and its legal texts."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from quartierwerk import rights
from quartierwerk.rights import needs
from quartierwerk.tenants.models import Visibility
from quartierwerk.web import addresses, editing

from .forms import NoticeForm, ReachForm
from .models import Notice
from .skeletons import skeleton


@needs("tenants.change")
def settings(request):
    form = ReachForm(request.POST or None, instance=request.tenant)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                editing.save(form, action="tenants.change", by=request.person, done="municipality changed")
            except editing.EditedMeanwhile:
                status = 409
            else:
                messages.success(request, _("Saved. It stands on every page from now on."))
                return redirect(addresses.staff("settings", request))
    if form.is_bound:
        request.tenant.refresh_from_db()  # the frame shows what is stored, not what was refused
    written = set(Notice.objects.values_list("kind", flat=True))
    values = {
        "form": form,
        "notices": [
            (kind.label, addresses.staff(f"notice-{kind}", request), kind in written) for kind in Notice.Kind
        ],
        "crumbs": [(_("Municipality"), "")],
    }
    return render(request, "notices/staff/settings.html", values, status=status)


@needs("tenants.change")
def notice(request, kind):
    record = Notice.objects.filter(kind=kind).first()
    new = record is None
    if record is None:
        record = Notice(
            kind=kind,
            visibility=Visibility.PUBLIC,
            language=request.tenant.source_language,
            text="" if request.method == "POST" else skeleton(kind, request.tenant),
        )
    form = NoticeForm(request.POST or None, instance=record)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                editing.save(form, action="tenants.change", by=request.person)
            except editing.EditedMeanwhile:
                status = 409
            else:
                messages.success(request, _("Saved. The text is public from now on."))
                return redirect(addresses.staff("settings", request))
    values = {
        "form": form,
        "label": Notice.Kind(kind).label,
        "new": new,
        "crumbs": [(_("Municipality"), addresses.staff("settings", request)), (Notice.Kind(kind).label, "")],
    }
    return render(request, "notices/staff/notice.html", values, status=status)


@require_safe
@needs("texts.translate")
def of_text(request, pk):
    """Where a translator sees the text as readers do."""
    record = rights.find_or_404(request.person, "texts.translate", Notice, pk)
    return redirect(addresses.public(record.kind, request, lang=request.tenant.source_language))
