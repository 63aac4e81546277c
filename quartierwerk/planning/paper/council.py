"""The paper with which the administration asks the council to adopt an edition, and after it what was decided.

Words that only the council's office can know stay open and are filled in by hand: the Word file is meant for that.
"""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from quartierwerk.documents.content import (
    Block,
    Document,
    Facts,
    Heading,
    List,
    Note,
    Paragraph,
    Table,
    TableColumn,
    Text,
    left_to_right,
)
from quartierwerk.languages.days import short_day
from quartierwerk.languages.numbers import format_amount, format_decimal, format_whole

from ..editions import pages
from ..editions.difference import What, changes
from ..editions.picture import entry
from ..measures.rules import money
from ..models import Stage
from . import concept, figures
from .chapters import Row
from .hearing import Hearing
from .state import Picture, State
from .words import Speech, joined

OPEN = "……………"


def document(state: State, before: Picture | None, hearing: Hearing, office: str) -> Document:
    """before: the picture of the edition that holds until now. office: who answers questions."""
    own = Speech(state).own
    return Document(
        title=(
            _("Decision of the council: %(title)s")
            if state.decision
            else _("Paper for the council: %(title)s")
        )
        % {"title": state.title},
        lang=state.lang,
        blocks=list(_blocks(state, before, hearing, office)),
        publisher=own(state.town),
        notice=concept.notice(state),
        date=_("As of %(day)s.") % {"day": date_format(state.day, "DATE_FORMAT")},
        address=state.address,
        page_label=_("Page {page} of {pages}"),
        author=state.town,
    )


def _blocks(state: State, before: Picture | None, hearing: Hearing, office: str) -> Iterator[Block]:
    speech = Speech(state)
    # What is put off is not decided with it: neither its money nor its staff.
    decided = replace(state, picture=_decided(state.picture))
    put_off = {row["id"] for row in state.picture["measures"] if row.get("deferred")}
    yield Facts(_head(state, speech, office))
    yield Heading(_("Decision") if state.decision else _("Proposal for the decision"))
    yield List(_proposal(decided, speech), ordered=True)
    yield Heading(pgettext("paper for the council", "Reason"))
    yield from _reason(decided, before and _decided(before), put_off)
    yield Heading(_("Costs by year"))
    yield from _costs(decided)
    yield Heading(_("Who was heard"))
    yield from _heard(hearing, speech)
    yield Heading(_("The measures"))
    yield _measures(decided, speech)
    if state.put_off:
        yield Heading(_("Put off"))
        yield List(_put_off(state, speech))
    yield Heading(_("Attachments"))
    yield List(
        [
            _("Attachment 1: the concept in full, with all answers to the council's five questions (PDF)"),
            _("Attachment 2: measures, costs and goals as tables (Excel)"),
        ]
    )


def _decided(taken: Picture) -> Picture:
    return {**taken, "measures": [row for row in taken["measures"] if not row.get("deferred")]}


def _head(state: State, speech: Speech, office: str) -> list[tuple[Text, Text | list[Text]]]:
    told = state.decision
    facts: list[tuple[Text, Text | list[Text]]] = [
        (
            _("Subject"),
            joined([speech.own(state.title), _("adoption as edition %(n)s") % {"n": state.number}]),
        ),
        (_("Number of the paper"), left_to_right(told["paper_number"] if told else OPEN)),
        (
            _("Body and session"),
            speech.own(", ".join(filter(None, (told["body"], told["session"]))) if told else OPEN),
        ),
        (_("Responsible"), speech.own(office or OPEN)),
    ]
    if told:
        day = date_format(date.fromisoformat(told["decided_on"]), "DATE_FORMAT")
        facts.append((_("Decided on"), joined([day, concept.votes(told)])))
    return facts


def _proposal(state: State, speech: Speech) -> list[Text]:
    if told := state.decision:
        return [speech.own(line) for line in told["wording"].splitlines() if line.strip()]
    lines: list[Text] = [
        _("The council adopts “%(title)s” as edition %(n)s of the concept.")
        % {"title": state.title, "n": state.number}
    ]
    if ahead := sum(not _is_over(row, state.day) for row in state.picture["measures"]):
        words = ngettext(
            "The administration carries out the %(n)s measure named in it that is not over yet. The money stands subject to the budget.",
            "The administration carries out the %(n)s measures named in it that are not over yet. The money stands subject to the budget.",
            ahead,
        )
        lines.append(words % {"n": ahead})
    lines.append(_("The administration reports after one year how far the measures are."))
    if put_off := len(state.put_off):
        lines.append(
            ngettext(
                "%(n)s measure is put off to the next edition, with its reason.",
                "%(n)s measures are put off to the next edition, each with its reason.",
                put_off,
            )
            % {"n": put_off}
        )
    return lines


def _put_off(state: State, speech: Speech) -> list[Text]:
    lines: list[Text] = [
        joined([speech.own(title), speech.own(why)], ": ") for title, why in state.put_off if title
    ]
    if inside := len(state.put_off) - len(lines):
        words = ngettext("%(n)s more is put off", "%(n)s more are put off", inside)
        lines.append(words % {"n": inside})
    return lines


def _is_over(row: Row, day: date) -> bool:
    """What is done, or has had its last day, nobody has to carry out any more."""
    return row["stage"] == Stage.DONE or (bool(row["ends_on"]) and row["ends_on"] < day.isoformat())


def _reason(state: State, before: Picture | None, put_off: Collection[str]) -> Iterator[Block]:
    """put_off: ids of measures that neither end nor are decided."""
    taken = state.picture
    if taken["concept"]["summary"]:
        yield Paragraph(Speech(state).of(taken["concept"], "summary"))
    names = ("fields", "needs", "goals", "measures")
    told = ", ".join(f"{pages.KIND_LABELS[name]}: {format_whole(len(taken[name]))}" for name in names)
    yield Paragraph(_("The edition holds: %(told)s.") % {"told": told})
    if before is None:
        yield Paragraph(_("It is the first edition of this concept."))
        return
    found = [one for one in changes(before, taken) if one.pk not in put_off]
    if not found:
        yield Paragraph(_("Nothing differs from the edition before."))
        return
    counted = Counter((one.kind, one.what) for one in found)
    columns = [
        TableColumn(_("What differs from the edition before"), width=3),
        TableColumn(_("new"), align="end"),
        TableColumn(_("changed"), align="end"),
        TableColumn(_("no longer part of it"), align="end", width=1.4),
    ]
    rows = [
        [str(label), *(format_whole(counted[name, what]) for what in What)]
        for name, label in pages.KIND_LABELS.items()
        if any(counted[name, what] for what in What)
    ]
    yield Table(columns, rows)
    for what, label in ((What.ADDED, _("New measures")), (What.REMOVED, _("Measures that end with it"))):
        titles = [one.title for one in found if one.kind == "measures" and one.what == what]
        if titles:
            yield Paragraph(label)
            yield List([Speech(state).own(title) for title in titles])


def _costs(state: State) -> Iterator[Block]:
    if not state.counted.years:
        yield Paragraph(_("No money is planned."))
        return
    yield figures.money_table(state)
    total = state.counted.total
    if total.unsecured:
        words = _("%(amount)s of it are not promised yet. They are asked for in the budgets of these years.")
        yield Note(words % {"amount": format_amount(total.unsecured)})
    hours = sum(Decimal(row["hours_per_week"] or 0) for row in state.picture["measures"])
    if hours:
        yield Paragraph(
            _("Staff: %(hours)s hours a week in all.") % {"hours": format_decimal(Decimal(hours))}
        )


def _heard(hearing: Hearing, speech: Speech) -> Iterator[Block]:
    lines: list[Text] = []
    for name, count, last in hearing.meetings:
        words = ngettext("%(n)s meeting, the last on %(day)s", "%(n)s meetings, the last on %(day)s", count)
        told = words % {"n": count, "day": short_day(last)}
        lines.append(joined([speech.own(name), told], ": "))
    if hearing.until:
        words = ngettext(
            "Consultation until %(day)s: %(n)s comment, %(answered)s answered.",
            "Consultation until %(day)s: %(n)s comments, %(answered)s of them answered.",
            hearing.comments,
        )
        day = short_day(hearing.until)
        lines.append(words % {"day": day, "n": hearing.comments, "answered": hearing.answered})
    if hearing.bodies:
        named = joined(speech.own(one) for one in dict.fromkeys(hearing.bodies))
        lines.append(joined([_("Among them"), named], ": "))
    yield List(lines) if lines else Paragraph(_("No hearing is noted in the records."))


def _measures(state: State, speech: Speech) -> Table:
    columns = [
        TableColumn(_("No."), align="end", width=0.6),
        TableColumn(_("Measure"), width=4.2),
        TableColumn(_("Lead"), width=2.6),
        TableColumn(_("When"), width=1.9),
        TableColumn(_("Planned money"), align="end", width=2),
    ]
    return Table(
        columns,
        [_line(at, row, speech) for at, row in enumerate(state.picture["measures"], 1)],
        row_headers=False,
    )


def _line(at: int, row: Row, speech: Speech) -> list[Text]:
    days = " – ".join(pages.day(one) for one in (row["starts_on"], row["ends_on"]) if one)
    sums = money.total(entry(row).lines)
    cost = figures.planned(sums) if row["costs"] else _("still to be clarified")
    return [
        str(at),
        speech.own(row["title"]),
        speech.own(row["lead"]),
        left_to_right(days),
        cost,
    ]
