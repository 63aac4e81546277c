"""Further columns of our own CSV, XLSX and GeoJSON, put into the draft that the mapping made of the row."""

from collections import defaultdict
from typing import Any

from django.utils.translation import gettext as _

from quartierwerk.intake.table import Row
from quartierwerk.languages import tags

from ...models import Location, Offer, Organisation
from .. import carried, own_columns
from .rows import Draft, HeldAt, Text

_KINDS = {
    "offer": ("Angebot", Offer),
    "organisation": ("Organisation", Organisation),
    "location": ("Standort", Location),
}
_STATES = ("in_work", "human", "machine")


def add(draft: Draft, row: Row) -> None:
    kind, model = _KINDS[draft.model]
    cells = row.cells
    taken: set[str] = set()

    def cell(header: str) -> str:
        taken.add(header)
        return cells[header]

    for header, name in own_columns.CARRIED[kind].items():
        if header in cells:
            _carried(draft, model, name, cell(header))
    if draft.model == "location":
        header, name = own_columns.SPOKEN[kind]
        if header in cells:
            _carried(draft, model, name, cell(header))
    for header, name in own_columns.TEXTS[kind].items():
        if header in cells:
            draft.values[name] = "\n".join(part.rstrip() for part in cell(header).strip().splitlines())
    if own_columns.SERVES in cells and draft.model == "offer":
        draft.serves = [name for name in cell(own_columns.SERVES).split(";") if name]
    if own_columns.HELD_AT in cells and draft.model == "offer":
        draft.at = [HeldAt(number) for number in cell(own_columns.HELD_AT).split(";") if number]
    if own_columns.TIMES in cells and draft.model != "organisation":
        draft.schedules = _times(draft, cell(own_columns.TIMES))
    _contacts(draft, cells, taken)
    _translations(draft, kind, cells, taken)
    # One table holds all kinds: the columns of the others are empty here.
    everything = {
        header
        for some in (own_columns.CARRIED, own_columns.TEXTS)
        for headers in some.values()
        for header in headers
    }
    taken |= everything | {
        own_columns.SERVES,
        own_columns.HELD_AT,
        own_columns.TIMES,
        own_columns.SPOKEN["Standort"][0],
    }
    draft.kept = {name: value for name, value in draft.kept.items() if name not in taken}


def _carried(draft: Draft, model: Any, name: str, text: str) -> None:
    try:
        draft.values[name] = carried.read(model, name, text)
    except carried.NotReadable:
        draft.row.warn(name, _("“%(typed)s” is no value of this field.") % {"typed": text[:60]}, typed=text)


def _times(draft: Draft, text: str) -> list[dict[str, Any]]:
    rules = []
    for line in text.splitlines():
        if not line.strip():
            continue
        try:
            rules.append(own_columns.read_rule(line.strip()))
        except ValueError:
            draft.row.warn(
                "schedules",
                _("“%(typed)s” is no time that can be computed with.") % {"typed": line[:60]},
                typed=line,
                advice=_("It stands with the offer in words."),
            )
            if draft.model == "offer":
                draft.values["hours"] = "\n".join(filter(None, [draft.values.get("hours", ""), line.strip()]))
    return rules


def _contacts(draft: Draft, cells: dict[str, str], taken: set[str]) -> None:
    found: dict[int, dict[str, Any]] = defaultdict(dict)
    for header, value in cells.items():
        if (named := own_columns.NUMBERED.fullmatch(header)) is None:
            continue
        taken.add(header)
        name = own_columns.CONTACT[named[1]]
        if name in ("programmes", "postcodes"):
            if draft.model == "organisation":
                found[int(named[2])][name] = [word for word in value.split(";") if word]
        else:
            found[int(named[2])][name] = value
    if draft.model == "location" or not found:
        return
    further = [found[number] for number in sorted(found) if any(found[number].values())]
    if draft.model == "organisation":
        draft.contacts = further
    else:
        draft.contacts = [*(draft.contacts or []), *further]


def _translations(draft: Draft, kind: str, cells: dict[str, str], taken: set[str]) -> None:
    texts: dict[str, dict[str, Text]] = {}
    for header, value in cells.items():
        named = own_columns.IN_LANGUAGE.fullmatch(header)
        if named is None or (named[1] not in own_columns.TRANSLATED["Angebot"] and named[1] not in own_columns.TRANSLATED["Organisation"] and named[1] != own_columns.STATE):  # fmt: skip
            continue
        taken.add(header)
        name = own_columns.TRANSLATED[kind].get(named[1])
        if not name or not value:
            continue
        try:
            language = tags.normal_tag(named[2])
        except tags.NotALanguage:
            continue
        told = _state(cells.get(f"{own_columns.STATE} ({named[2]})", ""), named[1])
        state, _sep, outdated = told.partition(" ")
        text = "\n".join(part.rstrip() for part in value.strip().splitlines())
        texts.setdefault(language, {})[name] = Text(
            text, state if state in _STATES else "human", bool(outdated)
        )
    draft.texts = texts or None


def _state(cell: str, header: str) -> str:
    """ "human", or one for each text: "Name=human;Beschreibung=machine outdated"."""
    if "=" not in cell:
        return cell
    return dict(word.split("=", 1) for word in cell.split(";") if "=" in word).get(header, "")
