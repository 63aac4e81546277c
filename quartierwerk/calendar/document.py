"""Dates on paper: one date as a poster, a month as a list, in the reader's language."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from quartierwerk.documents.content import (
    Document,
    Facts,
    Note,
    Paragraph,
    Span,
    Table,
    TableColumn,
    Text,
    german,
    left_to_right,
)
from quartierwerk.languages.days import short_day
from quartierwerk.languages.isolation import pieces
from quartierwerk.languages.showing import Shown
from quartierwerk.languages.tags import direction
from quartierwerk.web import addresses

from . import dates
from .pages import DatePage, Day, Item, Month, spoken_in_words


def date_poster(shown: DatePage, request) -> Document:
    record, title = shown.record, shown.entry.title
    facts: list[tuple[Text, Text | list[Text]]] = [(_("When"), [_ordered(shown.when, request.lang)])]
    if shown.coming:
        facts.append((_("Next dates"), [_ordered(line, request.lang) for line in shown.coming]))
    if record.address:
        facts.append((_("Where"), [german(line) for line in dates.address_lines(record.address)]))
    elif record.space:
        facts.append((_("Where"), german(record.space.name)))
    if record.organiser:
        facts.append((_("Organised by"), german(record.organiser)))
    if record.languages_spoken:
        facts.append((_("Languages there"), spoken_in_words(record.languages_spoken, request.lang)))
    facts += [(label, answer) for label, answer in shown.answers]
    if record.website:
        facts.append((_("Website"), left_to_right(record.website)))
    blocks: list = []
    if shown.entry.is_cancelled:
        blocks.append(Note(record.cancelled_why or _("This date does not take place."), _("Cancelled")))
    if shown.texts["description"]:
        blocks += [
            Paragraph(_words(shown.texts["description"], part), "lead" if first == 0 else "body")
            for first, part in enumerate(shown.texts["description"].text.split("\n\n"))
            if part.strip()
        ]
    blocks.append(Facts(facts))
    return _sheet(title.text, blocks, request, request.build_absolute_uri(shown.entry.url))


def month_poster(month: Month, request) -> Document:
    where = month.space.name if month.space else request.tenant.name
    rows = [_row(day, item, request.lang) for day in month.days for item in day.items]
    closed = [day for day in month.days if day.reasons]
    blocks: list = []
    if rows:
        columns = [
            TableColumn(_("Day"), width=1.4),
            TableColumn(_("Time"), width=1.3),
            TableColumn(_("What"), width=3),
            TableColumn(_("Where"), width=2.4),
        ]
        blocks.append(Table(columns, rows, caption=_("What takes place")))
    else:
        blocks.append(Note(_("Nothing is known for this month yet.")))
    if closed:
        blocks.append(Facts([(_day(day), german(", ".join(day.reasons))) for day in closed]))
    title = _("%(place)s: dates in %(month)s") % {"place": where, "month": month.title}
    path = addresses.public("calendar:month", request) + month.question.query()
    return _sheet(title, blocks, request, request.build_absolute_uri(path))


def _row(day: Day, item: Item, lang: str) -> list[Text]:
    entry = item.entry
    what: Text = Span(entry.title.text, lang=entry.title.language)
    if entry.is_cancelled:
        what = (
            Span(_("cancelled"), strong=True),
            Span(": "),
            Span(entry.title.text, lang=entry.title.language),
        )
    return [_day(day), _ordered(item.time, lang), what, german(entry.place) if entry.place else ""]


def _day(day: Day) -> str:
    return _("%(weekday)s, %(date)s") % {
        "weekday": day.weekday,
        "date": short_day(day.date),
    }


def _sheet(title: str, blocks: list, request, address: str) -> Document:
    today = date_format(timezone.localdate(), "DATE_FORMAT")
    return Document(
        title=title,
        lang=request.lang,
        blocks=blocks,
        publisher=german(request.tenant.name),
        notice=_("Example town: people, offers and figures on these pages are invented.")
        if request.tenant.is_example
        else "",
        date=_("As of %(day)s.") % {"day": today},
        address=address,
        show_code=True,
    )


def _words(shown: Shown, text: str) -> Text:
    if shown.dir != "rtl":
        return Span(text, lang=shown.language)
    return tuple(
        left_to_right(piece) if in_order else Span(piece, lang=shown.language)
        for piece, in_order in pieces(text)
    )


def _ordered(text: str, lang: str) -> Text:
    """Within Arabic and the like times and days keep their order."""
    if direction(lang) != "rtl":
        return text
    return tuple(left_to_right(piece) if in_order else Span(piece) for piece, in_order in pieces(text))
