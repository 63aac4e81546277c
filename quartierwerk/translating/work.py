"""Translations whose source changed since: the most pressing work of translators, as readers are told something old.

The package whose records they are declares the pile: `piles.add(outdated("offers", _("Outdated …"), order=65))`.
"""

from typing import TYPE_CHECKING, Any

from quartierwerk import rights
from quartierwerk.languages import tags
from quartierwerk.languages.register import Kind, kind_named
from quartierwerk.languages.states import TranslationState
from quartierwerk.rights import may
from quartierwerk.web import addresses
from quartierwerk.web.work import Line, Pile

from . import counting

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


def outdated(name: str, label: "str | _StrPromise", *, order: int) -> Pile:
    """The pile of outdated texts of one kind of record (`languages/register.py`)."""

    def kind() -> Kind:
        found = kind_named(name)
        if found is None:
            raise LookupError(f"no kind of texts is named {name}")
        return found

    def rows(request) -> Any:
        model: Any = kind().model
        records = rights.visible(request.person, "texts.translate", model.objects.order_by())
        texts: Any = kind().translations.objects
        found = counting.with_states(kind(), texts.filter(record__in=records))
        return found.filter(now=TranslationState.OUTDATED).select_related("record").order_by("language", "pk")

    def line(row: Any, request) -> Line:
        keys = {"kind": name, "pk": row.record_id, "language": row.language}
        title = getattr(row.record, kind().title)
        url = addresses.staff("translating:text", request, **keys)
        return Line(title, url, tags.name(row.language, request.lang), row.record.language)

    return Pile(
        f"outdated-{name}",
        label,
        rows=rows,
        line=line,
        visible=lambda request: may(request.person, "texts.translate"),
        order=order,
        on_today=False,
    )
