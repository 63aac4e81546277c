"""The concept as a document: title page, overview, a chapter for each field, the matrix, the decision, the sources."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from quartierwerk.documents.content import (
    Block,
    Document,
    Facts,
    Heading,
    List,
    Note,
    PageBreak,
    Paragraph,
    Table,
    TableColumn,
    Text,
    left_to_right,
)
from quartierwerk.languages.numbers import format_amount, format_whole

from ..editions import pages
from ..matrix import gaps
from . import figures
from .chapters import Chapters, Row
from .state import State
from .words import Speech, joined


def document(state: State) -> Document:
    """In the active language, which is the state's."""
    speech = Speech(state)
    concept = state.picture["concept"]
    return Document(
        title=state.title if state.number else _plain_title(speech, concept),
        subtitle=subtitle(state),
        lang=state.lang,
        blocks=list(_numbered(_blocks(state, speech))),
        publisher=speech.own(state.town),
        notice=notice(state),
        date=_("As of %(day)s.") % {"day": date_format(state.day, "DATE_FORMAT")},
        address=state.address,
        show_code=bool(state.address),
        page_label=_("Page {page} of {pages}"),
        contents_title=_("Contents"),
        contents_depth=1,
        author=state.town,
    )


def _plain_title(speech: Speech, concept: Row) -> str:
    shown = speech.state.texts.get((concept["id"], "title"))
    return shown.text if shown else str(concept["title"])


def notice(state: State) -> str:
    if not state.is_example:
        return ""
    return _("Example town: people, offers and figures on these pages are invented.")


def subtitle(state: State) -> str:
    if state.decision:
        return _adopted(state.number, state.decision)
    return _("The current records. This is not an adopted edition.")


def _adopted(number: int | None, decision: Mapping[str, Any]) -> str:
    day = date_format(date.fromisoformat(decision["decided_on"]), "DATE_FORMAT")
    return _("Edition %(number)s, adopted by the council on %(day)s") % {"number": number, "day": day}


def _blocks(state: State, speech: Speech) -> Iterator[Block]:
    chapters = Chapters(state)
    yield PageBreak()
    yield from _overview(state, speech)
    yield from _principle(state, speech)
    for field in state.picture["fields"]:
        yield Heading(speech.of(field, "name"))
        yield from chapters.of_field(field)
    yield Heading(_("Matrix"))
    yield from _matrix(state, speech)
    yield from _decided(state, speech)
    yield Heading(_("Sources"))
    yield from _sources(state, speech)


def _principle(state: State, speech: Speech) -> Iterator[Block]:
    """The one that holds today; in an edition the one that was frozen with it, which older editions do not have."""
    if state.principle:
        title, paragraphs = state.principle
        yield Heading(speech.own(title))
        yield from (Paragraph(speech.shown(one)) for one in paragraphs)
    elif not state.now and (rows := state.picture.get("principle")):
        yield Heading(_("Guiding principle"))
        yield from (Paragraph(speech.own(row["text"])) for row in rows)


def _numbered(blocks: Iterator[Block]) -> Iterator[Block]:
    """Chapters carry their number, as people quote them."""
    number = 0
    for block in blocks:
        if isinstance(block, Heading) and block.level == 1:
            number += 1
            yield Heading(joined([str(number), block.text], " "), 1)
        else:
            yield block


def _overview(state: State, speech: Speech) -> Iterator[Block]:
    taken = state.picture
    yield Heading(_("Overview"))
    if taken["concept"]["summary"]:
        yield Paragraph(speech.of(taken["concept"], "summary"), "lead")
    if state.redactions:
        yield Note(_("Passages marked […] were taken out later, because a person withdrew her consent."))
    if speech.has_machine:
        yield Note(_("Translated by a machine, not yet checked by a person."))
    counted = state.counted
    counts = [(str(pages.KIND_LABELS[name]), len(rows)) for name, rows in counted_rows(state).items()]
    facts: list[tuple[Text, Text | list[Text]]] = [(label, format_whole(n)) for label, n in counts]
    if counted.put_off:
        facts.append((_("Put off"), format_whole(counted.put_off)))
    if counted.total.planned:
        facts.append((_("Planned money"), left_to_right(format_amount(counted.total.planned))))
    yield Facts(facts)
    yield from figures.by_stage(state)
    yield from figures.by_light(state)
    yield from figures.money_by_year(state)
    yield from figures.map_of_quarters(state)


def _matrix(state: State, speech: Speech) -> Iterator[Block]:
    """Every field with what it holds, and the gaps both ways in words and numbers."""
    columns = [
        TableColumn(_("Field of action"), width=3),
        *(TableColumn(str(pages.KIND_LABELS[name]), align="end", width=1.8) for name in COUNTED),
        TableColumn(_("Gaps"), width=3.2),
    ]
    rows = [_matrix_row(state, speech, field) for field in state.picture["fields"]]
    every = counted_rows(state)
    sums: list[Text] = [_("Sum"), *(format_whole(len(every[name])) for name in COUNTED), ""]
    note = _("A record that stands in several fields is counted once in the sum.")
    yield Table(
        columns,
        [*rows, sums],
        caption=_("Fields of action with resources, needs, measures and goals"),
        note=note,
    )


COUNTED = ("resources", "needs", "measures", "goals")


def counted_rows(state: State) -> dict[str, list[Row]]:
    """What the paper counts: of measures those that count."""
    return {name: state.picture[name] for name in ("fields", *COUNTED)} | {"measures": state.measures}


def _matrix_row(state: State, speech: Speech, field: Row) -> list[Text]:
    every = counted_rows(state)
    inside = {name: [row for row in every[name] if field["id"] in row["fields"]] for name in COUNTED}
    if not field["is_detailed"] and not any(inside.values()):
        return [speech.of(field, "name"), *["–"] * len(COUNTED), _("not detailed")]
    found = _gaps(state, inside)
    told = [str(gaps.COUNTED[gap] % {"n": n}) for gap, n in found if n]
    return [
        speech.of(field, "name"),
        *(format_whole(len(inside[name])) for name in COUNTED),
        "; ".join(told) or _("none"),
    ]


def _gaps(state: State, inside: dict[str, list[Row]]) -> list[tuple[gaps.Gap, int]]:
    measures = state.measures
    needs = {one for row in measures for one in row["needs"]}
    goals = {one for row in measures for one in row["goals"]}
    found: list[gaps.Gap] = []
    for row in inside["needs"]:
        found += gaps.of_need(row["state"], row["id"] in needs)
    for row in inside["measures"]:
        found += gaps.of_measure(row["stage"], len(row["needs"]))
    for row in inside["goals"]:
        found += gaps.of_goal(row["evidence_kind"], row["id"] in goals)
    return [(gap, found.count(gap)) for gap in gaps.Gap]


def _decided(state: State, speech: Speech) -> Iterator[Block]:
    """What the council decided about this edition; of today, about the newest one."""
    told = state.decision or (state.adopted[1] if state.adopted else None)
    if told is None:
        return
    yield Heading(_("Decision of the council"))
    if state.adopted:
        yield Paragraph(_adopted(state.adopted[0], told))
    yield Facts(decision_facts(told, speech))


def decision_facts(told: Mapping[str, Any], speech: Speech) -> list[tuple[Text, Text | list[Text]]]:
    own = speech.own
    where = ", ".join(one for one in (told["body"], told["session"]) if one)
    day = date_format(date.fromisoformat(told["decided_on"]), "DATE_FORMAT")
    return [
        (_("Body"), own(where)),
        (_("Number of the paper"), left_to_right(told["paper_number"])),
        (_("Decided on"), day),
        (_("Votes"), votes(told)),
        (_("Wording"), [own(line) for line in told["wording"].splitlines() if line]),
    ]


def votes(told: Any) -> str:
    counted = {name: told.get(f"votes_{name}") for name in ("yes", "no", "abstained")}
    words = [_("unanimous")] if told["is_unanimous"] else []
    if counted["yes"] is not None:
        numbers = {name: n or 0 for name, n in counted.items()}
        words.append(_("%(yes)s in favour, %(no)s against, %(abstained)s abstentions") % numbers)
    return ", ".join(words)


def _sources(state: State, speech: Speech) -> Iterator[Block]:
    lines: list[Text] = []
    if state.number:
        lines.append(
            _("The frozen edition %(number)s of the concept, unchanged since its adoption.")
            % {"number": state.number}
        )
        if state.fingerprint:
            print_of = _("Fingerprint of its content (SHA-256):")
            lines.append(joined([print_of, left_to_right(state.fingerprint)], " "))
    else:
        day = date_format(state.day, "DATE_FORMAT")
        lines.append(_("The public records of the concept on %(day)s.") % {"day": day})
    money = sorted(
        {line["source"] for row in state.picture["measures"] for line in row["costs"] if line["source"]}
    )
    if money:
        lines.append(joined([_("Money comes from"), joined(map(speech.own, money))], ": "))
    for title, url in state.sources:
        link = left_to_right(url, link=url) if url else ""
        lines.append(joined([one for one in (speech.own(title), link) if one]))
    if any(quarter.outline for quarter in state.quarters):
        lines.append(_("Outlines of the quarters: the municipality's own records of that day."))
    yield List(lines)
