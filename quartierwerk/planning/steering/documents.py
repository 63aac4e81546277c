"""Invitation and minutes as documents: the same content becomes PDF and DOCX, in the municipality's own language."""

from collections.abc import Iterable
from typing import Literal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quartierwerk.documents.content import (
    Block,
    Document,
    Facts,
    Heading,
    List,
    Note,
    Paragraph,
    Span,
    Table,
    TableColumn,
    Text,
)
from quartierwerk.languages.days import short_day

from ..models import Meeting
from .inviting.telling import in_words
from .pages import Made, MeetingPage, Seat, meeting_page
from .rules import Presence


def file(content: bytes, kind: str, name: str, *, inline: bool = True) -> HttpResponse:
    where = "inline" if inline else "attachment"
    return HttpResponse(
        content, content_type=kind, headers={"Content-Disposition": f'{where}; filename="{name}"'}
    )


def file_name(meeting: Meeting, what: str, ending: str) -> str:
    day = timezone.localdate(meeting.starts_at)
    return f"{day.isoformat()}-{slugify(what)}-{slugify(meeting.title)[:60]}.{ending}"


def invitation(meeting: Meeting, request: HttpRequest) -> Document:
    with translation.override(request.tenant.source_language):  # type: ignore[attr-defined]
        items = list(meeting.items.all())
        blocks: list[Block] = [Facts(_where_and_when(meeting))]
        if meeting.cancelled_reason:
            blocks.insert(0, Note(meeting.cancelled_reason, _("This meeting does not take place.")))
        blocks.append(Heading(_("Agenda")))
        if items:
            # As the mail says it: paper goes through many hands, reasons stay behind the log-in.
            blocks.append(List([one.in_invitation for one in items], ordered=True))
        else:
            blocks.append(Paragraph(_("The agenda is still empty.")))
        blocks.append(Paragraph(_("If you cannot come, please pass this invitation on to your deputy.")))
        return _sheet(_("Invitation: %(title)s") % {"title": meeting.title}, blocks, request)


def minutes(meeting: Meeting, request: HttpRequest) -> Document:
    with translation.override(request.tenant.source_language):  # type: ignore[attr-defined]
        page = meeting_page(meeting, as_minuted=True, reader=request.person)  # type: ignore[attr-defined]
        facts = [*_where_and_when(meeting)]
        if page.seats:
            facts.append((_("Quorum"), quorum_in_words(page.presence)))
        blocks: list[Block] = (
            [] if meeting.frozen_at else [Note(_("The minutes are not closed yet."), _("Draft."))]
        )
        blocks.append(Facts(facts))
        if meeting.minutes_text:
            blocks += _paragraphs(meeting.minutes_text)
        if page.seats:
            blocks += [Heading(_("Attendance")), _attendance(page.seats)]
        blocks.append(Heading(_("Agenda and results")))
        for number, (item, made) in enumerate(page.items, start=1):
            blocks.append(Heading(f"{number}. {item.title}", level=2))
            if item.reason:
                blocks.append(Paragraph(item.reason, "small"))
            blocks += _paragraphs(item.minutes)
            blocks += [_decision(one) for one in made]
        blocks += [_decision(one) for one in page.without_item]
        if rows := _tasks(page):
            blocks += [Heading(_("Tasks")), rows]
        if page.additions:
            blocks.append(Heading(_("Additions")))
            for addition, name in page.additions:
                day = short_day(addition.at)
                blocks.append(Note(addition.words, ", ".join(filter(None, (day, name)))))
        for one in meeting.redaction_notes.all():
            day = date_format(timezone.localtime(one.at), "SHORT_DATE_FORMAT")
            told = _("A passage was taken out on %(day)s: %(reason)s") % {"day": day, "reason": one.reason}
            blocks.append(Paragraph(told, "small"))
        return _sheet(_("Minutes: %(title)s") % {"title": meeting.title}, blocks, request, meeting)


def _where_and_when(meeting: Meeting) -> list[tuple[Text, Text | list[Text]]]:
    facts: list[tuple[Text, Text | list[Text]]] = []
    if meeting.group:
        facts.append((_("Group"), meeting.group.name))
    facts.append((_("When"), in_words(meeting)))
    if meeting.place:
        facts.append((_("Where"), meeting.place))
    return facts


def quorum_in_words(there: Presence) -> str:
    counted = _("%(present)d of %(voting)d members with a vote were there, %(needed)d are needed.") % {
        "present": there.present, "voting": there.voting, "needed": there.needed
    }  # fmt: skip
    said = _("Quorum reached") if there.has_quorum else _("No quorum: what was decided is a recommendation")
    return f"{said}. {counted}"


def _attendance(seats: Iterable[Seat]) -> Table:
    rows: list[list[Text]] = []
    for seat in seats:
        function = (
            seat.function if seat.has_vote else _("%(seat)s (without a vote)") % {"seat": seat.function}
        )
        rows.append([function or seat.called, seat.name, came(seat)])
    return Table(
        [
            TableColumn(_("Seat"), width=2.4),
            TableColumn(_("Name"), width=1.6),
            TableColumn(_("Was there"), width=2),
        ],
        rows,
        caption=_("Who was there"),
    )


def came(seat: Seat) -> str:
    if seat.by_deputy:
        return (
            _("represented by %(name)s") % {"name": seat.deputy}
            if seat.deputy
            else _("represented by the deputy")
        )
    return _("was there") if seat.present else _("was not there")


def _decision(made: Made) -> Note:
    decision = made.decision
    words: list[str | Span] = [decision.words, "\n", Span(votes_in_words(made), emphasis=True)]
    return Note(tuple(words), f"{decision.get_kind_display()}:".capitalize())


def votes_in_words(made: Made) -> str:
    one = made.decision
    if one.votes_yes or one.votes_no:
        said = _("%(yes)s in favour, %(no)s against, %(abstained)s abstentions") % {
            "yes": one.votes_yes, "no": one.votes_no, "abstained": one.votes_abstained
        }  # fmt: skip
    else:
        said = _("by general agreement")
    if one.biased:
        words = ngettext(
            "%(n)s member took no part for bias", "%(n)s members took no part for bias", one.biased
        )
        said = f"{said}; {words % {'n': one.biased}}"
    return f"{said}."


def _tasks(page: MeetingPage) -> Table | None:
    rows: list[list[Text]] = [
        [task.words, owner, short_day(task.due_on)] for made in page.made for task, owner in made.with_owners
    ]
    if not rows:
        return None
    columns = [
        TableColumn(_("What is to be done"), width=3),
        TableColumn(_("Who"), width=2),
        TableColumn(_("Until"), align="end"),
    ]
    return Table(columns, rows, caption=_("Tasks from the decisions"))


def _paragraphs(text: str, style: Literal["body", "lead", "small"] = "body") -> list[Block]:
    return [Paragraph(part.strip(), style) for part in text.split("\n\n") if part.strip()]


def _sheet(title: str, blocks: list[Block], request: HttpRequest, closed: Meeting | None = None) -> Document:
    town = request.tenant  # type: ignore[attr-defined]
    if closed and closed.frozen_at:
        day = date_format(timezone.localtime(closed.frozen_at), "DATE_FORMAT")
        dated = _("Minutes closed on %(day)s.") % {"day": day}
    else:
        dated = _("As of %(day)s.") % {"day": date_format(timezone.localdate(), "DATE_FORMAT")}
    return Document(
        title=title,
        lang=town.source_language,
        blocks=blocks,
        publisher=town.name,
        notice=_("Example town: people, offers and figures on these pages are invented.")
        if town.is_example
        else "",
        date=dated,
        page_label=_("Page {page} of {pages}"),
    )
