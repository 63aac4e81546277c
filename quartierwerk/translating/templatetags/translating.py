from typing import Any

from django import template
from django.template import Context

from quartierwerk.languages import readability as reading
from quartierwerk.languages import tags
from quartierwerk.languages.register import kind_of
from quartierwerk.languages.states import TranslationState

from .. import pages

register = template.Library()


@register.inclusion_tag("translating/staff/_readability.html")
def readability(text: str, language: str) -> dict[str, Any]:
    """How a text reads, where it is German; nothing for other languages and for an empty one."""
    return {"hint": reading.hint(text) if text and language.split("-")[0] == "de" else None}


@register.filter
def level(hint: reading.Readability) -> str:
    return str(reading.LEVELS[hint.level])


@register.filter
def advice(finding: reading.Finding) -> str:
    return str(reading.ADVICE[finding.kind])


@register.inclusion_tag("translating/staff/_languages.html", takes_context=True)
def languages_of_record(context: Context, record: Any) -> dict[str, Any]:
    """Links to the record's translations, one for each language of the municipality's contents."""
    request = context["request"]
    kind = kind_of(record)
    rows = []
    for tag in request.tenant.languages:
        found = pages.states(kind, record, tag)
        if found:
            done = sum(one.state == TranslationState.HUMAN for one in found)
            rows.append((tag, tags.name(tag, request.lang), done, len(found)))
    return {"rows": rows, "kind": kind, "record": record, "request": request}
