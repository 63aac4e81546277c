from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from quartierwerk import journal, rights
from quartierwerk.languages import tags
from quartierwerk.rights import needs
from quartierwerk.tenants.models import Visibility
from quartierwerk.web import addresses, editing

from .asking import find
from .forms import SynonymRingForm
from .models import SynonymRing, lines
from .ring import built_in

PER_PAGE = 50
LANGUAGES = ("de", "en", "uk", "ar", "fa", "tr", "ru", "fr", "kmr", "ti", "prs")


@needs("synonyms.write")
def rings(request):
    """Words of our own, and a try of what a visitor would find with them."""
    tried = request.GET.get("words", "").strip()
    language = request.GET.get("language", request.tenant.source_language)
    values = {
        "page": Paginator(
            rights.visible(request.person, "synonyms.write", SynonymRing.objects.order_by("label")), PER_PAGE
        ).get_page(request.GET.get("page")),
        "tried": tried,
        "language": language,
        "languages": [(tag, tags.name(tag, request.lang)) for tag in LANGUAGES],
        "hits": find(tried, lang=language, limit=5)[0] if tried else [],
        "known": len(built_in().concepts),
    }
    for ring in values["page"]:
        known = built_in().concepts.get(ring.concept)
        ring.meaning = known.label(request.lang) if known else ""
        ring.shown_words = lines(ring.words)
        ring.shown_left_out = lines(ring.left_out)
    return render(request, "search/staff/rings.html", values)


@needs("synonyms.write")
def add(request):
    return _edited(request, SynonymRing(visibility=Visibility.PUBLIC), new=True)


@needs("synonyms.write")
def ring(request, pk):
    return _edited(request, rights.find_or_404(request.person, "synonyms.write", SynonymRing, pk), new=False)


def _edited(request, record: SynonymRing, *, new: bool):
    form, status = SynonymRingForm(request.POST or None, instance=record, lang=request.lang), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                editing.save(form, action="synonyms.write", by=request.person)
            except editing.EditedMeanwhile:
                status = 409
            else:
                messages.success(request, _("Saved. The search uses these words from now on."))
                return redirect(addresses.staff("search_staff:rings", request))
    return _page(request, record, form, status, new=new)


def _page(request, record: SynonymRing, form: SynonymRingForm, status: int, **values):
    return render(
        request, "search/staff/ring.html", {"form": form, "record": record, **values}, status=status
    )


@needs("synonyms.write")
@require_POST
@transaction.atomic
def delete(request, pk):
    record = rights.find_or_404(request.person, "synonyms.write", SynonymRing, pk)
    if request.POST.get("sure") != "yes":
        return _page(request, record, SynonymRingForm(instance=record, lang=request.lang), 422, not_sure=True)
    journal.record("synonym ring deleted", record, by=request.person)
    record.delete()
    messages.success(request, _("The words are deleted. The search no longer uses them."))
    return redirect(addresses.staff("search_staff:rings", request))
