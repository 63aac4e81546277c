"""The whole way of one record, from voice to answer: what led to it, what came of it, as far as the reader may see.

    panel.of(offer, Reader.of(request))     three queries, whatever the number of links

Titles come through each kind's own right. What exists but is hidden is drawn dashed, without a title; on the portal it
stays open like what does not exist. A missing link is dotted, never left out.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, TextField, Value, Window
from django.db.models.functions import Cast, RowNumber
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quartierwerk.languages.tags import direction
from quartierwerk.tenants import scope
from quartierwerk.web import hits

from . import reach, sentences
from .models import Elsewhere, InChain
from .reach import AFTER, BEFORE, SELF, Group
from .register import Kind, Knot, NextStep, Reader, kinds

MOST = 6
"""Titles shown of one kind; the rest is counted."""


@dataclass(frozen=True)
class Entry:
    """One record as the reader may see it."""

    kind: str
    side: str
    title: str
    lang: str
    url: str = ""
    where: str = ""
    """The other municipality, for a record that is not ours."""

    @property
    def words(self) -> SafeString:
        return format_html('<bdi lang="{}" dir="{}">{}</bdi>', self.lang, direction(self.lang), self.title)

    @property
    def linked(self) -> SafeString:
        return format_html('<a href="{}">{}</a>', self.url, self.words) if self.url else self.words


@dataclass
class Station:
    """What stands at one knot. `count` counts what the reader may see, also what is not among `entries`."""

    knot: Knot
    entries: list[Entry] = field(default_factory=list)
    counts: dict[tuple[str, str], int] = field(default_factory=dict)  # (kind, side) → visible ones
    is_current: bool = False
    is_hidden: bool = False
    removed_on: str = ""

    @property
    def count(self) -> int:
        return sum(self.counts.values()) + sum(1 for entry in self.entries if entry.where)

    @property
    def label(self) -> str:
        return str(sentences.LABELS[self.knot])

    @property
    def left_out(self) -> int:
        return self.count - len(self.entries)

    def count_on(self, sides: Iterable[str]) -> int:
        return sum(n for (_, side), n in self.counts.items() if side in sides) + sum(
            1 for entry in self.entries if entry.where and entry.side in sides
        )


@dataclass
class Panel:
    stations: list[Station]
    steps: list[tuple[NextStep, str]]
    is_public: bool

    @property
    def is_linked(self) -> bool:
        """Whether anything stands beside the record itself."""
        return any(
            station.count_on((BEFORE, AFTER)) or station.is_hidden or station.removed_on
            for station in self.stations
        )

    @property
    def knots(self) -> list[hits.Knot]:
        return [_drawn(station) for station in self.stations]

    @property
    def forwards(self) -> list[SafeString]:
        """From the first voice to this record and on to what came of it."""
        return sentences.read(self.stations)

    @property
    def backwards(self) -> list[SafeString]:
        return sentences.read(self.stations, backwards=True)

    @property
    def several(self) -> list[Station]:
        """Stations where more than one record stands: listed below, since a knot shows one."""
        return [station for station in self.stations if len(station.entries) > 1]


def of(record: InChain, reader: Reader) -> Panel:
    tenant_id: int = record.tenant_id  # type: ignore[attr-defined]
    groups = reach.whole_way(tenant_id, record.element_id)
    stations = {knot: Station(knot) for knot in Knot}
    alone = all(group.side == SELF for group in groups)
    # A visitor is shown no chain of one; her page need not ask for its own title again.
    seen = {} if alone and reader.is_public else _titles(groups, reader)
    for group in groups:
        kind = kinds.by_name.get(group.kind)
        if kind is None:
            continue  # its package is not installed here; the links stay for the day it is
        station = stations[kind.knot]
        entries, count = seen.get((group.kind, group.side), ([], 0))
        if group.side == SELF:
            station.is_current = True
        if group.removed:
            station.removed_on = date_format(localtime(group.last_removed), "DATE_FORMAT")
            continue
        station.entries += entries
        if count:
            station.counts[group.kind, group.side] = count
        station.is_hidden |= count < len(group.ids) and not reader.is_public
    for entry, knot in _elsewhere(groups, reader):
        stations[knot].entries.append(entry)
    return Panel(list(stations.values()), _steps(record, reader), reader.is_public)


def _titles(groups: list[Group], reader: Reader) -> dict[tuple[str, str], tuple[list[Entry], int]]:
    """Titles of all groups through their kinds' rights, in one query: (kind, side) → (entries, number visible)."""
    known = [group for group in groups if not group.removed and group.kind in kinds.by_name]
    if reader.is_public:
        rows = _asked_by_visitors(known, reader.lang)
    elif parts := [_part(kinds.by_name[group.kind], group, reader) for group in known]:
        rows = parts[0] if len(parts) == 1 else parts[0].union(*parts[1:], all=True)
    else:
        rows = []
    found: dict[tuple[str, str], tuple[list[Entry], int]] = {}
    for pk, kind, side, title, lang, opens, total, _place in sorted(rows, key=lambda row: row[-1]):
        url = kinds.by_name[kind].url(reader, pk, opens)
        entries, _total = found.setdefault((kind, side), ([], total))
        entries.append(Entry(kind, side, title, lang, url))
    return found


# Stand in the statement where side and ids go.
_SIDE, _IDS = "the side", [UUID(int=0)]


def _asked_by_visitors(groups: list[Group], lang: str) -> list[tuple]:
    """As `_part` asks, all at once. Putting that together again for every page costs ten times what asking does."""
    readable = tuple(scope.required().readable)
    texts, values = [], []
    for group in groups:
        text, params = _written(group.kind, lang, readable)
        if text:
            texts.append(f"({text})")
            values += [
                group.side if one == _SIDE else list(group.ids) if one == _IDS else one for one in params
            ]
    if not texts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(" union all ".join(texts), values)
        return cursor.fetchall()


@lru_cache(maxsize=1000)
def _written(kind: str, lang: str, readable: tuple[int, ...]) -> tuple[str, tuple[Any, ...]]:
    """The part of one kind; "" where visitors never see any. What it asks for hangs on nothing but these three."""
    visitor = Reader(person=None, lang=lang, tenant=None, is_public=True)  # type: ignore[arg-type]
    try:
        rows = _part(kinds.by_name[kind], Group(kind, _SIDE, tuple(_IDS)), visitor)
        return rows.query.sql_with_params()
    except EmptyResultSet:
        return "", ()


def _part(kind: Kind, group: Group, reader: Reader):
    title = kind.title(reader.lang)
    rows = (
        kind.rows(reader).filter(reach.IsOneOf("element_id", group.ids)).order_by("element__created_at", "pk")
    )
    return rows.annotate(
        chain_kind=Value(group.kind, TextField()),
        chain_side=Value(group.side, TextField()),
        chain_title=Cast(title.words, TextField()),
        chain_language=Cast(title.language, TextField()),
        chain_total=Window(Count("*")),
        chain_place=Window(RowNumber(), order_by=["element__created_at", "pk"]),
    ).values_list(
        "pk",
        "chain_kind",
        "chain_side",
        "chain_title",
        "chain_language",
        "opens",
        "chain_total",
        "chain_place",
    )[:MOST]


def _elsewhere(groups: list[Group], reader: Reader) -> list[tuple[Entry, Knot]]:
    """What other municipalities released to us along the way."""
    sides = {pk: group.side for group in groups for pk in group.ids}
    if not sides:
        return []
    ties = Elsewhere.published if reader.is_public else Elsewhere.objects
    rows = ties.filter(reach.IsOneOf("element_id", sides)).order_by("created_at", "pk")
    told = rows.values_list(
        "element_id", "is_onward", "other_kind", "other_title", "other_language", "other__name"
    )
    found = []
    for element, is_onward, other_kind, title, language, where in told[: MOST * 2]:
        kind = kinds.by_name.get(other_kind)
        if kind is None:
            continue
        side = AFTER if is_onward else BEFORE
        # What led to a later element did not lead to this one: only ways that keep their direction count.
        if sides[element] not in (SELF, side):
            continue
        found.append((Entry(kind.name, side, title, language, where=where), kind.knot))
    return found


def _steps(record: InChain, reader: Reader) -> list[tuple[NextStep, str]]:
    if reader.is_public:
        return []
    offered = [(step, step.url(reader, record.element_id)) for step in kinds.steps_from(record.chain_kind)]
    return [(step, url) for step, url in offered if url]


def _drawn(station: Station) -> hits.Knot:
    icon, label = sentences.ICONS[station.knot], str(sentences.LABELS[station.knot])
    is_voice = station.knot in (Knot.VOICE, Knot.ANSWER)
    if station.entries:
        first = station.entries[0]
        if station.is_current:
            first = next((entry for entry in station.entries if entry.side == SELF), first)
        return hits.Knot(
            icon=icon,
            kind=label,
            title=first.words,
            url="" if station.is_current else first.url,
            note=_note(station, first),
            is_voice=is_voice,
            is_current=station.is_current,
        )
    note, title = "", _("not yet")
    if station.is_hidden:
        title, note = _("Not visible to you"), _("It exists; ask the coordination office.")
    elif station.removed_on:
        title, note = _("No longer there"), _("deleted on %(day)s") % {"day": station.removed_on}
    return hits.Knot(icon=icon, kind=label, title=title, note=note, is_voice=is_voice, is_open=True)


def _note(station: Station, first: Entry) -> str:
    parts = []
    if first.where:
        parts.append(first.where)
    if station.is_current:
        parts.append(_("You are here"))
    if station.count > 1:
        parts.append(
            ngettext("and %(n)s more", "and %(n)s more", station.count - 1) % {"n": station.count - 1}
        )
    if station.is_hidden:
        parts.append(_("others are not visible to you"))
    return " · ".join(parts)
