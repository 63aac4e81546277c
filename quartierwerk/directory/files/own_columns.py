"""Columns of our CSV and XLSX beyond the plain ones: written by `exports/tables.py`, read again by `imports/own.py`.

German headers are part of the format. Lists stand in a cell with semicolons; times as a line each, in the words of
RFC 5545, for example `FREQ=WEEKLY;BYDAY=TU,TH;TIME=16:00-18:00;UNTIL=2026-12-18;NOTE=nach Vereinbarung`.
"""

import re
from datetime import date, time
from typing import Any

# Header → field that `carried` writes and reads.
CARRIED = {
    "Angebot": {
        "Art des Angebots": "kind", "Themen": "topics", "Kostenfrei": "is_free", "Kinderbetreuung": "childcare",
        "Stufenlos": "step_free", "Anmeldung": "registration", "Für Postleitzahlen": "serves_postcodes",
        "Kursart": "course_type", "Niveau": "level", "Beginn": "starts_on", "Ende": "ends_on", "Plätze": "seats",
        "Belegte Plätze": "seats_taken", "Warteliste": "has_waiting_list", "Plätze in der Kinderbetreuung": "childcare_places",
        "Fachrichtungen": "specialities", "Aufnahme": "intake", "Art der Stelle": "listing_type",
        "Deutsch nötig": "german_level", "Bewerbung bis": "deadline", "Schnupperstunde": "trial",
        "Kostenübernahme": "costs_covered", "Mitzubringen": "gear", "Sprachen der Texte": "text_languages",
    },
    "Organisation": {
        "Rechtlicher Name": "legal_name", "Rollen": "roles", "Themen": "topics", "Gesprochene Sprachen (Codes)": "languages_spoken",
        "Für Postleitzahlen": "serves_postcodes", "Sprachen der Texte": "text_languages",
    },
    "Standort": {},
}  # fmt: skip
# Header → text field, read as it stands.
TEXTS = {
    "Angebot": {
        "Zielgruppe": "audience",
        "Anmeldung: wie": "registration_how",
        "Barrierefreiheit": "accessibility",
    },
    "Organisation": {"Öffnungszeiten": "hours"},
    "Standort": {"Beschreibung des Standorts": "description", "Barrierefreiheit": "accessibility"},
}
SPOKEN = {"Standort": ("Gesprochene Sprachen (Codes)", "languages_spoken")}
TIMES, HELD_AT, SERVES = "Termine", "Nummern der Standorte", "Für Quartiere"
# Text of a translation by the header of its source: "Beschreibung (uk)"; how it came about: "Stand (uk)".
TRANSLATED = {
    "Angebot": {"Name": "title", "Beschreibung": "description", "Zeiten": "hours", "Kosten": "cost",
                "Anmeldung: wie": "registration_how", "Barrierefreiheit": "accessibility"},
    "Organisation": {"Beschreibung": "about", "Öffnungszeiten": "hours"},
    "Standort": {},
}  # fmt: skip
STATE = "Stand"
# Further contacts are numbered: "Ansprechstelle 2"; those of an organisation from 1 on.
CONTACT = {"Ansprechstelle": "function", "Telefon": "phone", "E-Mail": "email", "Erreichbarkeit": "hours", "Programme": "programmes", "Postleitzahlen": "postcodes"}  # fmt: skip
NUMBERED = re.compile(rf"({'|'.join(CONTACT)}) (\d{{1,2}})")
IN_LANGUAGE = re.compile(r"(.+) \(([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\)")


def rule_in_words(rule: Any) -> str:
    """One line for a rule; `read_rule` gives the same rule again."""
    words = [f"FREQ={rule.freq.upper()}"]
    if rule.interval != 1:
        words.append(f"INTERVAL={rule.interval}")
    if rule.weekdays or rule.nth:
        words.append(f"BYDAY={','.join([*rule.weekdays, *rule.nth])}")
    if rule.month_days:
        words.append(f"BYMONTHDAY={','.join(map(str, rule.month_days))}")
    if rule.starts_on:
        words.append(f"FROM={rule.starts_on.isoformat()}")
    if rule.until:
        words.append(f"UNTIL={rule.until.isoformat()}")
    if rule.opens_at or rule.closes_at:
        hours = "-".join(f"{one:%H:%M}" if one else "" for one in (rule.opens_at, rule.closes_at))
        words.append(f"TIME={hours}")
    if not rule.skip_holidays:
        words.append("HOLIDAYS=YES")
    if rule.skip_dates:
        words.append(f"NOT={','.join(day.isoformat() for day in rule.skip_dates)}")
    if rule.note.strip():
        note = "\n".join(part.rstrip() for part in rule.note.strip().splitlines())
        words.append("NOTE=" + note.replace("\\", "\\\\").replace("\n", "\\n"))
    return ";".join(words)


def read_rule(line: str) -> dict[str, Any]:
    """The rule of a line; raises ValueError."""
    head, _sep, note = line.partition(";NOTE=")
    found = dict(word.split("=", 1) for word in head.split(";") if "=" in word)
    days = [day for day in found.get("BYDAY", "").upper().split(",") if day]
    if any(not re.fullmatch(r"-?[1-5]?(MO|TU|WE|TH|FR|SA|SU)", day) for day in days):
        raise ValueError(line)
    freq = found.get("FREQ", "").lower()
    if freq not in ("once", "daily", "weekly", "monthly"):
        raise ValueError(line)
    opens, _sep, closes = found.get("TIME", "").partition("-")
    interval = int(found.get("INTERVAL", "1"))
    if not 1 <= interval <= 32_767:
        raise ValueError(line)
    return {
        "freq": freq,
        "interval": interval,
        "weekdays": [day for day in days if len(day) == 2],
        "month_days": [int(day) for day in found.get("BYMONTHDAY", "").split(",") if day],
        "nth": [day for day in days if len(day) > 2],
        "starts_on": date.fromisoformat(found["FROM"]) if found.get("FROM") else None,
        "until": date.fromisoformat(found["UNTIL"]) if found.get("UNTIL") else None,
        "opens_at": time.fromisoformat(opens) if opens else None,
        "closes_at": time.fromisoformat(closes) if closes else None,
        "skip_holidays": found.get("HOLIDAYS", "").upper() != "YES",
        "skip_dates": [date.fromisoformat(day) for day in found.get("NOT", "").split(",") if day],
        "note": re.sub(r"\\(.)", lambda sign: "\n" if sign[1] == "n" else sign[1], note),
    }
