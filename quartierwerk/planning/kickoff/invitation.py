"""The invitation to print: one part in each language in which somebody wrote it."""

from collections.abc import Iterator

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from quartierwerk.calendar import dates
from quartierwerk.calendar.models import PublicDate
from quartierwerk.calendar.pages import date_page, spoken_in_words
from quartierwerk.documents.content import (
    Block,
    Document,
    Facts,
    Heading,
    Paragraph,
    Span,
    Text,
    german,
    left_to_right,
)
from quartierwerk.languages.interface import INTERFACE_LANGUAGES
from quartierwerk.languages.isolation import pieces
from quartierwerk.languages.showing import show_all
from quartierwerk.languages.tags import direction
from quartierwerk.web import addresses

from ..models import KickOff


class _In:
    """The request as a reader of another language would send it."""

    def __init__(self, request, lang: str):
        self._request, self.lang = request, lang

    def __getattr__(self, name: str):
        return getattr(self._request, name)


def languages_of(date: PublicDate) -> list[str]:
    """Those of the pages in which the title stands, in their order; the source language is one of them."""
    return [
        one.code for one in INTERFACE_LANGUAGES if not show_all(date, one.code)["title"].is_fallback
    ]  # fmt: skip


def invitation(kick_off: KickOff, date: PublicDate, request) -> Document:
    blocks: list[Block] = []
    title = show_all(date, request.lang)["title"]
    # The reader's own part stands first, below the title of the sheet.
    for lang in sorted(languages_of(date), key=lambda one: one != title.language):
        with translation.override(lang):
            if lang != title.language:
                blocks.append(Heading(_words(show_all(date, lang)["title"].text, lang), 1))
            blocks += _part(date, _In(request, lang))
    url = addresses.public("planning:kick_off", request, pk=kick_off.pk)
    return Document(
        title=title.text,
        lang=request.lang,
        blocks=blocks,
        publisher=german(request.tenant.name),
        notice=_("Example town: people, offers and figures on these pages are invented.")
        if request.tenant.is_example
        else "",
        date=_("As of %(day)s.") % {"day": date_format(timezone.localdate(), "DATE_FORMAT")},
        address=request.build_absolute_uri(url),
        show_code=True,
    )


def _part(date: PublicDate, request) -> Iterator[Block]:
    lang = request.lang
    shown = date_page(date, request, timezone.localdate())
    if date.is_cancelled:
        yield Paragraph(_words(_("Cancelled"), lang), "lead")
        if date.cancelled_why:
            yield Paragraph(german(date.cancelled_why))
    if shown.texts["description"] and not shown.texts["description"].is_fallback:
        yield Paragraph(_words(shown.texts["description"].text, lang), "lead")
    facts: list[tuple[Text, Text | list[Text]]] = [(_words(_("When"), lang), _words(shown.when, lang))]
    if date.address:
        facts.append((_words(_("Where"), lang), [german(line) for line in dates.address_lines(date.address)]))
    elif date.space:
        facts.append((_words(_("Where"), lang), german(date.space.name)))
    if date.languages_spoken:
        spoken = spoken_in_words(date.languages_spoken, lang)
        facts.append((_words(_("Languages there"), lang), _words(spoken, lang)))
    facts += [(_words(label, lang), _words(answer, lang)) for label, answer in shown.answers]
    yield Facts(facts)


def _words(text: str, lang: str) -> Text:
    """Within Arabic and the like days and times keep their order."""
    if direction(lang) != "rtl":
        return Span(text, lang=lang)
    return tuple(
        left_to_right(piece) if in_order else Span(piece, lang=lang, direction="rtl")
        for piece, in_order in pieces(text)
    )
