"""Reading an object piece by piece: what is read is taken out of it, and what is left has to be kept."""

import json
import re
from functools import lru_cache
from typing import Any

from babel import Locale
from django.utils.translation import gettext as _

from quartierwerk.intake.report import RowReport
from quartierwerk.intake.values import READERS, Misread, Style
from quartierwerk.languages import tags

from .... import topics
from ... import carried, hsds
from ..rows import LONGEST_ID, Text
from ..targets import STATES, words_for_languages
from .bundle import Entry
from .schedules import in_signs, read_schedule
from .tables import text_of

PHONE = 60
_VOICE = ("", "voice", "phone", "main", "cell", "mobile", "landline", "hotline")
_OWN_STATES = ("in_work", "human", "machine")


class Taking:
    """One object: each `take` removes what it read, so that the rest is what has to be kept."""

    def __init__(self, entry: Entry) -> None:
        self.entry = entry
        self.row: RowReport = entry.row
        self.left = dict(entry.data)
        self.kept: dict[str, str] = {}
        self.values: dict[str, Any] = {}
        self.own: dict[str, str] = {}
        self.key = short(entry.id)

    # --- taking

    def _take(self, name: str) -> str:
        value = self.left.get(name, "")
        if isinstance(value, dict | list):
            return ""
        self.left.pop(name, None)
        text = text_of(value)
        lines = text.splitlines()
        return "\n".join(line.rstrip() for line in lines) if len(lines) > 1 else text

    def _text(self, name: str, longest: int) -> str:
        return " ".join(self._cut(name, longest).split())

    def _cut(self, name: str, longest: int) -> str:
        """A text of at most this length; one that is longer is kept whole beside."""
        text = self._take(name)
        if len(text) <= longest:
            return text
        self.kept[name] = text
        self.row.warn(
            name,
            _("%(field)s: %(length)s characters are too many, %(most)s fit.")
            % {"field": name, "length": len(text), "most": longest},
            typed=text,
            advice=_("The beginning is shown; the whole text is kept with the record."),
        )
        return text[: longest - 1].rstrip() + "…"

    def _read(self, name: str, kind: Any, longest: int) -> str:
        """A web or mail address; what is none is kept as it stands."""
        text = self._take(name)
        if not text:
            return ""
        try:
            value = str(READERS[kind](text, Style()))
            if len(value) > longest:
                raise Misread(_("%(length)s characters are too many.") % {"length": len(value)})
        except Misread as problem:
            self.kept[name] = text
            self.row.warn(
                name, problem.sentence, typed=text, advice=_("It is kept with the record as it stands.")
            )
            return ""
        return value

    def _objects(self, name: str) -> list[dict[str, Any]]:
        if not isinstance(self.left.get(name), list):
            return []
        found = dicts(self.left[name])
        if len(found) == len(self.left[name]):
            del self.left[name]
        return found

    def _keep(self, name: str, value: Any) -> None:
        if value in (None, "", [], {}):
            return
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
        self.kept[name] = text

    # --- parts

    def _attributes(self) -> None:
        """Our own fields, columns kept from elsewhere, and topics whose names we know."""
        others, found = [], []
        for one in self._objects("attributes"):
            kind = str(one.get("link_type", ""))
            if kind == hsds.KEPT:
                self.kept[str(one.get("label", ""))] = str(one.get("value", ""))
            elif kind.startswith(hsds.OWN):
                self.own[kind.removeprefix(hsds.OWN)] = str(one.get("value", ""))
            else:
                others.append(one)
                term = one.get("taxonomy_term")
                names = (
                    [term.get("code", ""), term.get("name", "")]
                    if isinstance(term, dict)
                    else [one.get("value", "")]
                )
                found += [code for name in names if (code := _topic(str(name)))]
        if self.entry.kind != "location" and found and "topics" not in self.own:
            self.values["topics"] = list(dict.fromkeys(found))
        self._keep("attributes", others)

    def _carried(self, model: str, of: Any) -> None:
        for name in carried.BY_MODEL[model][1]:
            if name not in self.own:
                continue
            try:
                self.values[name] = carried.read(of, name, self.own[name])
            except carried.NotReadable:
                self.kept[name] = self.own[name]
                self.row.warn(
                    name,
                    _("“%(typed)s” is no value of this field.") % {"typed": self.own[name][:60]},
                    typed=self.own[name],
                )

    def _status(self) -> str:
        status = self._take("status").lower().replace("_", " ")
        if not status:
            return "active"
        if status in hsds.STATUSES:
            return status
        known = STATES.get(status)
        if known is None:
            self.row.warn(
                "status",
                _("“%(typed)s” is no state that is known here.") % {"typed": status},
                typed=status,
                advice=_("The offer is kept for staff only. Please publish it if it is open."),
            )
            return status[:60]
        return known

    def _phone(self, phone: dict[str, Any], longest: int = PHONE) -> str:
        number = " ".join(text_of(phone.get("number", "")).strip("\"'").split())
        extension = text_of(phone.get("extension", ""))
        whole = f"{number} ext. {extension}" if number and extension else number
        kind = text_of(phone.get("type", "")).lower()
        if kind == "fax" and longest == PHONE:
            return ""  # nobody answers there
        if whole and kind not in _VOICE:
            whole = f"{whole} ({kind})"
        return whole if len(whole) <= longest else ""

    def _ways(self, at: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Whom to ask: mail address and phones of the service first, then its contacts, then those of its places."""
        phones = self._objects("phones")
        mail = self._read("email", "email", 254)
        numbers = [number for one in phones if (number := self._phone(one))] or [""]
        first: dict[str, Any] = {"email": mail, "phone": numbers[0]}
        made = [first] if any(first.values()) else []
        made += [{"phone": number} for number in numbers[1:]]
        told = [one for one in phones if set(one) - {"id", "number"} or not self._phone(one)]
        self._keep("phones", told)
        made += self._contacts(self._objects("contacts"))
        for one in at:
            made += self._contacts(dicts(one.get("contacts")), told=False)
            made += [
                {"phone": number} for phone in dicts(one.get("phones")) if (number := self._phone(phone))
            ]
        return _once(made)

    def _contacts(self, contacts: list[dict[str, Any]], *, told: bool = True) -> list[dict[str, Any]]:
        made = []
        more = []
        for one in contacts:
            own = {
                str(a.get("link_type", "")).removeprefix(hsds.OWN): str(a.get("value", ""))
                for a in dicts(one.get("attributes"))
            }
            function = own.get("function") or " – ".join(
                dict.fromkeys(text_of(one[name]) for name in ("title", "department") if one.get(name))
            )
            phones = dicts(one.get("phones"))
            numbers = [number for phone in phones if (number := self._phone(phone))] or [""]
            mail, broken = _mail(text_of(one.get("email", "")))
            contact: dict[str, Any] = {
                "function": function[:200], "email": mail, "phone": numbers[0], "hours": own.get("hours", "")[:300],
            }  # fmt: skip
            for name, longest in (("programmes", 120), ("postcodes", 12)):
                if name in own and self.entry.kind == "organization":
                    contact[name] = [word[:longest] for word in own[name].split(";") if word]
            if any(contact.values()):
                made.append(contact)
            made += [{"function": function[:200], "phone": number} for number in numbers[1:]]
            if set(one) - {"id", "title", "department", "email", "phones", "attributes"} or broken or any(set(p) - {"id", "number"} for p in phones):  # fmt: skip
                more.append(one)
        if more and told:
            self._keep("contacts", more)
        return made

    def _languages(self) -> list[str]:
        found, unknown = [], []
        for one in self._objects("languages"):
            tag = language_of(text_of(one.get("code", "")), text_of(one.get("name", "")))
            if tag:
                found.append(tag)
            if not tag or one.get("note"):
                unknown.append(one)
            if not tag:
                self.row.warn(
                    "languages",
                    _("“%(typed)s” is no language that is known here.")
                    % {"typed": one.get("name") or one.get("code") or "?"},
                    typed=text_of(one.get("name") or one.get("code") or ""),
                    advice=_("It is kept with the record as it stands."),
                )
        if "languages_spoken" in self.own and self.entry.kind != "organization":
            found = [word for word in self.own["languages_spoken"].split(";") if word]
        self._keep("languages", unknown)
        return list(dict.fromkeys(found))

    def _schedules(self, schedules: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[str]]:
        rules: list[dict[str, Any]] = []
        words: list[str] = []
        beyond: list[dict[str, Any]] = []
        for one in _once(schedules):
            rule, text, rest = read_schedule(one)
            if rule is not None and rule not in rules:
                rules.append(rule)
            if text and text not in words:
                words.append(text)
            if rest:
                beyond.append(rest)
        for one in dicts(self.left.get("holiday_schedules")):
            words.append(_holiday(one))
        self._keep("schedules", _once(beyond))
        return rules, words

    def _translations(self, model: str) -> dict[str, dict[str, Text]] | None:
        told = self.left.get("translations")
        names = {theirs: ours for ours, theirs in hsds.TEXTS.get(model, {}).items()}
        made: dict[str, dict[str, Text]] = {}
        if isinstance(told, dict):
            rows = [
                {"language": language, "name": name, "text": text, "state": _state(texts, name)}
                for language, texts in told.items()
                if isinstance(texts, dict)
                for name, text in texts.items()
                if name != "state"
            ]
        else:
            rows = dicts(told)
        for one in rows:
            language = language_of(text_of(one.get("language", "")), "")
            name = names.get(text_of(one.get("name", "")))
            if not language or not name or not isinstance(one.get("text"), str):
                return None
            state, _sep, outdated = text_of(one.get("state", "")).partition(" ")
            made.setdefault(language, {})[name] = Text(
                one["text"], state if state in _OWN_STATES else "human", is_outdated=bool(outdated)
            )
        if made:
            del self.left["translations"]
        return made or None

    # --- places

    def _place(self) -> dict[str, Any]:
        """The address of a location, as fields of ours; further ones are kept."""
        addresses = self._objects("addresses")
        addresses.sort(key=lambda one: text_of(one.get("address_type", "physical")).lower() != "physical")
        made: dict[str, Any] = {"name": "", "street": "", "detail": "", "postcode": "", "town": ""}
        if addresses:
            first = addresses[0]
            rest = {
                name: value
                for name, value in first.items()
                if name in ("region", "state_province", "country", "attributes", "metadata")
            }
            made |= {
                "name": self._fit(first, "attention", 200), "street": self._fit(first, "address_1", 200),
                "detail": self._fit(first, "address_2", 200), "postcode": self._fit(first, "postal_code", 12),
                "town": self._fit(first, "city", 120),
            }  # fmt: skip
            kind = text_of(first.get("address_type", "physical"))
            for name in ("region", "state_province", "country"):
                if rest.get(name) and rest[name] != {"state_province": "NI", "country": "DE"}.get(name):
                    self.kept[name] = text_of(rest[name])
            if kind != "physical":
                self.kept["address_type"] = kind
            self._keep("addresses", addresses[1:])
        made["latitude"], made["longitude"] = self._coordinates()
        return made if any(value not in ("", None) for value in made.values()) else {}

    def _fit(self, address: dict[str, Any], name: str, longest: int) -> str:
        text = " ".join(text_of(address.get(name, "")).split())
        if len(text) > longest:
            self.kept[name] = text
            self.row.warn(
                name,
                _("%(field)s: %(length)s characters are too many, %(most)s fit.")
                % {"field": name, "length": len(text), "most": longest},
                typed=text,
            )
            return text[: longest - 1] + "…"
        return text

    def _coordinates(self) -> tuple[float | None, float | None]:
        texts = [text_of(self.left.get(name, "")) for name in ("latitude", "longitude")]
        if not any(texts):
            return None, None
        try:
            latitude, longitude = (float(text.replace(",", ".")) for text in texts)
        except ValueError:
            latitude = longitude = 1000.0
        if abs(latitude) > 90 or abs(longitude) > 180:
            self.row.warn(
                "latitude",
                _("“%(typed)s” lies nowhere on earth.") % {"typed": ", ".join(texts)},
                typed=", ".join(texts),
                advice=_("It is kept with the record as it stands."),
            )
            return None, None
        if latitude == longitude == 0:
            return None, None
        del self.left["latitude"], self.left["longitude"]
        return latitude, longitude


def short(key: str) -> str:
    return key[:LONGEST_ID]


def dicts(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _once(values: list[dict[str, Any]]) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    for value in values:
        bare = {name: one for name, one in value.items() if name != "id" and one not in ("", None)}
        if not any(
            bare == {n: o for n, o in known.items() if n != "id" and o not in ("", None)} for known in made
        ):
            made.append(value)
    return made


def _mail(text: str) -> tuple[str, bool]:
    if not text:
        return "", False
    try:
        return str(READERS["email"](text, Style())), False
    except Misread:
        return "", True


def _state(texts: dict[str, Any], name: str) -> str:
    state = texts.get("state", "")
    return str(state.get(name, "")) if isinstance(state, dict) else str(state)


def _holiday(data: dict[str, Any]) -> str:
    days = "–".join(
        dict.fromkeys(text_of(data[name]) for name in ("start_date", "end_date") if data.get(name))
    )
    is_closed = text_of(data.get("closed", "")).lower() in ("true", "1", "yes", "t", "y")
    return f"{days}: {_('closed')}" if is_closed else f"{days}: {in_signs(data)}"


@lru_cache
def _names_of_languages() -> dict[str, str]:
    names = {}
    for locale in ("en", "de"):
        for tag, name in Locale(locale).languages.items():
            names.setdefault(name.casefold(), tag.replace("_", "-"))
    return names | words_for_languages()


@lru_cache(maxsize=2_000)
def language_of(code: str, name: str) -> str:
    """The tag of a language given by code or name; empty where neither is known."""
    if code and code.strip().casefold() not in _names_of_languages():
        try:
            return tags.normal_tag(code.strip())
        except tags.NotALanguage:
            pass
    for word in (code, name):
        plain = re.sub(r"\s*\(.*?\)", "", word).strip().casefold()
        for one in (word.strip().casefold(), plain):
            if one in _names_of_languages():
                return tags.normal_tag(_names_of_languages()[one])
    try:
        return tags.normal_tag(name.strip()) if len(name.strip()) in (2, 3) else ""
    except tags.NotALanguage:
        return ""


def _topic(word: str) -> str:
    return word if word in topics.TOPICS else ""
