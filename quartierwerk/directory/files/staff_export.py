from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from quartierwerk.rights import needs

from . import exports
from .forms import ExportForm


@needs("directory.export")
def export(request):
    """How many rows there are, which file, what for; then the file. It is not kept here."""
    form = ExportForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            format = form.cleaned_data["format"]
            try:
                content = exports.export_directory(
                    format, by=request.person, purpose=form.cleaned_data["purpose"]
                )
            except exports.NotExportable as refusal:
                form.add_error("format", str(refusal))
            else:
                name = f"{request.tenant.slug}-{_('directory')}-{timezone.localdate():%Y-%m-%d}.{exports.ENDINGS.get(format, format)}"
                headers = {"Content-Disposition": f'attachment; filename="{name}"'}
                return HttpResponse(content, content_type=exports.MIME_TYPES[format], headers=headers)
        status = 422
    counts = exports.counts(request.person)
    values = {"form": form, "counts": counts, "total": sum(counts.values())}
    return render(request, "directory/staff/export.html", values, status=status)
