from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from quartierwerk import rights
from quartierwerk.languages import readability as reading
from quartierwerk.languages import tags
from quartierwerk.languages.register import Kind, kind_named, kinds
from quartierwerk.languages.states import TranslationState
from quartierwerk.rights import needs
from quartierwerk.tenants.managers import children
from quartierwerk.web import addresses, editing
from quartierwerk.web.once import may_repeat

from . import actions, counting, pages
from .forms import seal, text_forms, unseal

PER_PAGE = 50
LONGEST_HINT = 20_000  # characters; beyond that a hint while writing helps nobody


@needs("texts.translate")
def texts(request):
    """Which texts there are in which state, one kind of record at a time; every number leads to its list."""
    kind = kind_named(request.GET.get("kind", "")) or kinds()[0]
    records = rights.visible(request.person, "texts.translate", kind.model.objects.all())
    offered = pages.languages_of(request.tenant)
    numbers = counting.counts(kind, records, offered)
    language = request.GET.get("language", "")
    if language not in numbers:
        language = pages.first_to_do(numbers, offered, request.tenant.source_language)
    state = request.GET.get("state", "")
    state = state if state in TranslationState.values else ""
    rows = counting.in_state(kind, records, language, state).order_by(kind.order, "pk")
    page = Paginator(children(rows, "translations"), PER_PAGE).get_page(request.GET.get("page"))
    values = {
        "kind": kind,
        "kinds": kinds(),
        "language": language,
        "language_name": tags.name(language, request.lang),
        "state": state,
        "states": [TranslationState(one) for one in pages.ORDER],
        "overview": pages.overview(numbers, request.lang),
        "page": page,
        "entries": [
            (record, getattr(record, kind.title), pages.states(kind, record, language)) for record in page
        ],
    }
    return render(request, "translating/staff/texts.html", values)


def _kind_or_404(name: str, language: str) -> tuple[Kind, str]:
    kind = kind_named(name)
    try:
        tag = tags.normal_tag(language).lower()
    except tags.NotALanguage:
        tag = ""
    if kind is None or tag != language.lower():
        raise Http404
    return kind, language


@needs("texts.translate")
def text(request, kind, pk, language):
    """One record in one language: what was written on the left, what readers of the language get on the right."""
    kind, language = _kind_or_404(kind, language)
    with transaction.atomic():
        rows = (
            kind.model.objects.select_for_update(of=("self",))
            if request.method == "POST"
            else kind.model.objects.all()
        )
        record = rights.find_or_404(request.person, "texts.translate", rows, pk)
        names = pages.texts_of(record, language)
        labels = {name: pages.label_of(kind, name) for name in names}
        now = pages.rows_of(record, language)
        forms = text_forms(kind, record, language, now, labels, request.POST or None, by=request.person)
        status, was_read = 200, None
        if request.method == "POST":
            was_read = unseal(request.POST.get("sources", ""), record)
            status = 422
            if was_read is not None and all(form.is_valid() for form in forms):
                status = _save(request, record, forms, was_read)
                if status == 302:
                    return redirect(request.get_full_path())
    values = {
        "kind": kind,
        "record": record,
        "title": getattr(record, kind.title),
        "language": language,
        "language_name": tags.name(language, request.lang),
        "texts": pages.to_translate(kind, record, language, forms),
        "forms": forms,
        "sources": seal(record, names),
        "lost": request.method == "POST" and was_read is None,
        "list_url": addresses.staff("translating:texts", request),
        "record_url": pages.record_url(kind, record, request),
        "original_url": pages.original_url(kind, record, request),
    }
    return render(request, "translating/staff/text.html", values, status=status)


def _save(request, record, forms, sources) -> int:
    finish = request.POST.get("then") == "finished"
    try:
        saved = actions.save_translations(record, forms, sources, finish=finish, by=request.person)
    except editing.EditedMeanwhile:
        return 409
    if not saved:
        messages.info(request, _("Nothing was changed, so nothing was marked."))
    elif finish:
        messages.success(request, _("Saved. Readers see it from now on."))
    else:
        messages.success(request, _("Saved as in work. Readers see the original text until it is finished."))
    return 302


@needs("staff.enter")
@require_POST
@may_repeat
def readability(request):
    """How a German text reads, while it is written. Nothing is stored."""
    typed = next((value for name, value in request.POST.items() if name != "csrfmiddlewaretoken"), "")
    return render(
        request, "translating/staff/_readability.html", {"hint": reading.hint(typed[:LONGEST_HINT])}
    )
