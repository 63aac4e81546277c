"""Texts that wait for a translator, for the first page of the back office."""

from django.utils.translation import ngettext

from quartierwerk import rights
from quartierwerk.languages import tags
from quartierwerk.languages.register import kinds
from quartierwerk.languages.states import TranslationState
from quartierwerk.rights import may
from quartierwerk.web import addresses
from quartierwerk.web.today import Waiting

from . import counting, pages

WAITING = (TranslationState.OUTDATED, TranslationState.MISSING)
MOST = 3  # the largest; the page of texts has them all


def texts(request) -> list[Waiting]:
    if not may(request.person, "texts.translate"):
        return []
    here = addresses.staff("translating:texts", request)
    found = []
    for kind in kinds():
        records = rights.visible(request.person, "texts.translate", kind.model._default_manager.all())
        for language, of in counting.counts(kind, records, pages.languages_of(request.tenant)).items():
            for state in WAITING:
                number = of.get(state, 0)
                words = ngettext(
                    "%(number)d text: %(kind)s, %(language)s, %(state)s",
                    "%(number)d texts: %(kind)s, %(language)s, %(state)s",
                    number,
                ) % {
                    "number": number,
                    "kind": kind.label,
                    "language": tags.name(language, request.lang),
                    "state": state.label,
                }
                query = f"?kind={kind.name}&language={language}&state={state}"
                found.append(Waiting(number, words, here + query))
    return sorted(found, key=lambda one: -one.number)[:MOST]
