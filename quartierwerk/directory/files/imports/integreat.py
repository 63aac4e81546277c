"""Locations of the Integreat API v3: each is an organisation with a place, or a place of the organisation it names.

The languages of one region come as lists of their own; `available_languages` says which entries are the same place.
"""

import html
import json
import re
from collections.abc import Sequence
from datetime import time
from typing import Any

from django.utils.translation import gettext as _

from quartierwerk.intake.report import Report, RowReport
from quartierwerk.intake.values import READERS, Misread, Style
from quartierwerk.languages import tags

from ..hsds import WEEKDAYS
from .hsds.documents import entries
from .hsds.schedules import read_time
from .hsds.tables import text_of
from .rows import Draft, Text

_TELLING = {"opening_hours", "available_languages", "temporarily_closed", "appointment_url", "barrier_free", "modified_gmt", "excerpt"}  # fmt: skip
_READ = {
    "id", "title", "content", "location", "website", "email", "phone_number", "opening_hours", "organization", "available_languages",
    "temporarily_closed", "url", "path", "modified_gmt", "last_updated", "excerpt", "thumbnail", "hash",
}  # fmt: skip


def is_integreat(documents: Sequence[tuple[str, Any]]) -> bool:
    """Whether these are lists of places as Integreat's API gives them."""
    found = [entry for _name, document in documents for entry in entries(document)]
    return bool(found) and all(
        isinstance(one, dict)
        and "title" in one
        and isinstance(one.get("location"), dict)
        and len(_TELLING & set(one)) >= 2
        for one in found[:50]
    )


def read(documents: Sequence[tuple[str, Any]], language: str) -> tuple[list[Draft], Report, list[str]]:
    """Drafts, the account of every entry, and notes. `language` is the one texts are written in if nothing says so."""
    report = Report(", ".join(name for name, _document in documents))
    found: list[_Place] = []
    number = 0
    for name, document in documents:
        for entry in entries(document):
            number += 1
            row = report.row(number, text_of(entry.get("title"))[:100] if isinstance(entry, dict) else "")
            if not isinstance(entry, dict) or not text_of(entry.get("title")):
                row.refuse("title", _("This entry is no location of Integreat: it has no title."))
                row.outcome = "left out"
                continue
            found.append(_Place(entry, row, _language(entry, name, language)))
    groups = _same_places(found)
    drafts: list[Draft] = []
    organisations: dict[str, Draft] = {}
    for group in groups:
        drafts += _drafts(group, language, organisations)
    others = sorted({place.language for place in found} - {language})
    notes = (
        [_("Languages in it: %(languages)s.") % {"languages": ", ".join([language, *others])}]
        if others
        else []
    )
    return drafts, report, notes


class _Place:
    def __init__(self, entry: dict[str, Any], row: RowReport, language: str) -> None:
        self.entry, self.row, self.language = entry, row, language
        self.number = text_of(entry.get("id")) or text_of(entry.get("path")) or text_of(entry.get("title"))
        others = entry.get("available_languages")
        links = others.values() if isinstance(others, dict) else ()
        paths = [
            text_of(one.get(key)) for one in links if isinstance(one, dict) for key in ("id", "path", "url")
        ]
        own = [text_of(entry.get(key)) for key in ("id", "path", "url")]
        self.names = {path.rstrip("/") for path in [*own, *paths] if path}


def _language(entry: dict[str, Any], file: str, default: str) -> str:
    """/region/language/locations/… says it; else the name of the file: locations_ar.json."""
    path = re.sub(r"^https?://[^/]+", "", text_of(entry.get("path")) or text_of(entry.get("url")))
    words = [part for part in path.split("/") if part][1:2] + re.findall(
        r"[_.-]([a-z]{2,3}(?:-[a-zA-Z]+)?)\.json$", file
    )
    for word in words:
        try:
            return tags.normal_tag(word)
        except tags.NotALanguage:
            continue
    return default


def _same_places(found: list[_Place]) -> list[list[_Place]]:
    """Entries that name each other, together; two of one language are never one place."""
    by_name: dict[str, list[_Place]] = {}
    groups: list[list[_Place]] = []
    for place in found:
        group = next(
            (
                by_name[name]
                for name in sorted(place.names)
                if name in by_name and all(other.language != place.language for other in by_name[name])
            ),
            None,
        )
        if group is None:
            group = []
            groups.append(group)
        group.append(place)
        for name in place.names:
            by_name.setdefault(name, group)
    return groups


def _drafts(group: list[_Place], language: str, organisations: dict[str, Draft]) -> list[Draft]:
    first = next((place for place in group if place.language == language), group[0])
    entry, row = first.entry, first.row
    kept = {
        name: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
        for name, value in entry.items()
        if name not in _READ and value not in (None, "", [], {}, False)
    }
    about = _plain(text_of(entry.get("content")) or text_of(entry.get("excerpt")))
    phone = text_of(entry.get("phone_number"))
    website, email = _read(entry, "website", "url", row, kept), _read(entry, "email", "email", row, kept)
    if len(phone) > 60:
        kept["phone_number"], phone = phone, ""
    status = "temporarily closed" if entry.get("temporarily_closed") else "active"
    made: list[Draft] = []
    named = entry.get("organization")
    if isinstance(named, dict) and text_of(named.get("name")):
        key = text_of(named.get("id")) or text_of(named.get("name"))
        owner = organisations.get(key)
        if owner is None:
            owner = Draft("organisation", f"organization {key}", row)
            owner.values = {"name": text_of(named["name"])[:300]}
            if web := _read(named, "website", "url", row, owner.kept):
                owner.values["website"] = web
            organisations[key] = owner
            made.append(owner)
        owner_key = owner.key
    else:
        owner = Draft("organisation", first.number, row, status=status, kept=kept)
        owner.values = {
            "name": text_of(entry["title"])[:300], "about": about, "phone": phone, "email": email, "website": website,
            "language": first.language,
        }  # fmt: skip
        owner.address = _address(entry, row, kept)
        owner.texts = {
            place.language: {"about": Text(text)}
            for place in group
            if place is not first and (text := _plain(text_of(place.entry.get("content"))))
        } or None
        made.append(owner)
        owner_key, about = owner.key, ""
    rules, words = _hours(entry.get("opening_hours"), row)
    description = "\n".join(part for part in (about, *words) if part)
    place = Draft("location", first.number, row, status=status, organisation_key=owner_key, schedules=rules)
    place.kept = kept if owner.key != first.number else {}
    place.values = {
        "name": text_of(entry["title"])[:300],
        "description": description,
        "phone": phone,
        "website": website,
    }
    place.address = _address(entry, row, place.kept)
    if entry.get("barrier_free"):
        place.values["accessibility"] = _("Step-free")
    names = {other.language: text_of(other.entry["title"]) for other in group if other is not first}
    for other in group:
        if other is not first:
            other.row.outcome = "translation"
    if names:
        (place.kept if owner.key != first.number else owner.kept)["titles"] = json.dumps(
            names, ensure_ascii=False, sort_keys=True
        )
    made.append(place)
    return made


def _read(entry: dict[str, Any], name: str, kind: Any, row: RowReport, kept: dict[str, str]) -> str:
    text = text_of(entry.get(name))
    if not text:
        return ""
    try:
        return str(READERS[kind](text, Style()))
    except Misread as problem:
        kept[name] = text
        row.warn(name, problem.sentence, typed=text, advice=_("It is kept with the record as it stands."))
        return ""


def _address(entry: dict[str, Any], row: RowReport, kept: dict[str, str]) -> dict[str, Any]:
    place = entry.get("location") if isinstance(entry.get("location"), dict) else {}
    made: dict[str, Any] = {
        "name": "", "street": text_of(place.get("address"))[:200], "detail": "",
        "postcode": text_of(place.get("postcode"))[:12], "town": text_of(place.get("town"))[:120],
        "latitude": None, "longitude": None,
    }  # fmt: skip
    name = text_of(place.get("name"))[:200]
    made["name"] = "" if name == text_of(entry.get("title"))[:200] else name
    try:
        latitude, longitude = float(place.get("latitude")), float(place.get("longitude"))  # type: ignore[arg-type]
    except (TypeError, ValueError):
        latitude = longitude = 0.0
    if abs(latitude) > 90 or abs(longitude) > 180:
        typed = f"{latitude}, {longitude}"
        row.warn("latitude", _("“%(typed)s” lies nowhere on earth.") % {"typed": typed}, typed=typed)
        kept["coordinates"] = typed
    elif latitude or longitude:
        made["latitude"], made["longitude"] = latitude, longitude
    return made if any(made.values()) else {}


def _hours(days: Any, row: RowReport) -> tuple[list[dict[str, Any]], list[str]]:
    """Seven entries, Monday first. Days with the same times become one rule."""
    if not isinstance(days, list) or not days:
        return [], []
    if len(days) != len(WEEKDAYS):
        row.warn(
            "opening_hours", _("The opening hours have %(count)s days instead of 7.") % {"count": len(days)}
        )
        return [], [json.dumps(days, ensure_ascii=False)]
    rules: dict[tuple[time | None, time | None, str], list[str]] = {}
    words = []
    for weekday, day in zip(WEEKDAYS, days, strict=True):
        if not isinstance(day, dict) or (day.get("closed") and not day.get("timeSlots")):
            continue
        note = _("by appointment only") if day.get("appointmentOnly") else ""
        if day.get("allDay"):
            rules.setdefault((time(0), time(0), note), []).append(weekday)
        for slot in day.get("timeSlots") or ():
            opens, closes = (
                (read_time(text_of(slot.get(name))) for name in ("start", "end"))
                if isinstance(slot, dict)
                else (None, None)
            )
            if opens is None or closes is None:
                words.append(f"{weekday}: {json.dumps(slot, ensure_ascii=False)}")
                row.warn(
                    "opening_hours",
                    _("A time of the opening hours cannot be read; it is kept in words."),
                    typed=text_of(slot),
                )
            else:
                rules.setdefault((opens, closes, note), []).append(weekday)
        if note and not day.get("timeSlots") and not day.get("allDay"):
            rules.setdefault((None, None, note), []).append(weekday)
    made = [
        {"freq": "weekly", "interval": 1, "weekdays": weekdays, "month_days": [], "nth": [], "starts_on": None, "until": None,
         "opens_at": opens, "closes_at": closes, "skip_holidays": True, "skip_dates": [], "note": note}
        for (opens, closes, note), weekdays in rules.items()
    ]  # fmt: skip
    return made, words


def _plain(text: str) -> str:
    """The words of a text in HTML."""
    text = re.sub(r"(?is)<(script|style)\b.*?</\1>", "", text)
    text = re.sub(r"(?i)<br\s*/?>|</(p|li|h\d|div|tr)>", "\n", text)
    text = html.unescape(re.sub(r"<[^>]+>", "", text))
    lines = [" ".join(line.split()) for line in text.splitlines()]
    return "\n".join(line for line in lines if line)
