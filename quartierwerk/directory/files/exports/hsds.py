"""HSDS: one JSON list of full services, sorted by their ids. Valid against 3.1, and nothing of ours is lost.

What the standard has no place for goes as attributes of our own (`quartierwerk:…`) and as a map `translations`, an
addition that other readers pass over. Columns kept from a foreign list go back to where they stood, if they are sound.
"""

import json
from typing import Any

from quartierwerk.languages import tags
from quartierwerk.tenants.models import Visibility

from ...models import Location, Offer, Organisation
from .. import carried, hsds, identity
from . import sound
from .records import Records, kept, line, lines, once, phone

Object = dict[str, Any]
# Where an address does not say it, it is here; HSDS wants both.
STATE, COUNTRY = "NI", "DE"


def as_json(records: Records) -> bytes:
    document = services(records)
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def services(records: Records) -> list[Object]:
    writer = Writer(records)
    return sorted((writer.service(offer) for offer in records.offers), key=lambda one: one["id"])


class Writer:
    """Records as objects of the standard; organisations and locations are made once and used in every service."""

    def __init__(self, records: Records) -> None:
        self.records = records
        self._organizations: dict[Any, Object] = {}
        self._locations: dict[Any, Object] = {}
        self._of_organisation: dict[Any, list[Location]] = {}
        for location in sorted(records.locations, key=records.number):
            self._of_organisation.setdefault(location.organisation_id, []).append(location)

    def service(self, offer: Offer) -> Object:
        number = self.records.number(offer)
        own = {
            **_carried(offer, carried.OFFER),
            "quarter": self.records.quarter(offer),
            "serves": self.records.serves(offer),
        }
        left = kept(offer)
        if "cost_options" in left:
            own["is_free"] = offer.is_free
        made: Object = {"id": number}
        made["name"] = _whole(left, "name", line(offer.title))
        made["description"] = lines(offer.description)
        made["url"] = offer.website
        made["status"] = _status(offer)
        made["application_process"] = lines(offer.registration_how)
        made["fees_description"] = _whole(left, "fees_description", line(offer.cost))
        made["eligibility_description"] = lines(offer.audience)
        contacts = self.records.contacts(offer)
        if contacts and not contacts[0]["function"] and not contacts[0]["hours"]:
            first = contacts.pop(0)
            made["email"] = first["email"]
            if first["phone"]:
                made["phones"] = [{"id": _id(number, "phone"), "number": first["phone"]}]
        made["contacts"] = [_contact(one, number, place) for place, one in enumerate(contacts)]
        made["languages"] = _languages(offer.languages_spoken, number)
        made["schedules"] = self._schedules(offer, number)
        if hours := lines(offer.hours):
            made["schedules"].append({"id": _id(number, "hours"), "description": hours})
        made["service_at_locations"] = self._held_at(offer, number)
        made["organization"] = self.organization(self.records.owners[offer.organisation_id])
        made["translations"] = self._translations(offer, "offer")
        return _finished("service", made, own, left, forced=_forced(left))

    def organization(self, one: Organisation) -> Object:
        if one.pk not in self._organizations:
            self._organizations[one.pk] = self._organization(one)
        return self._organizations[one.pk]

    def _organization(self, one: Organisation) -> Object:
        number = self.records.number(one)
        own = {**_carried(one, carried.ORGANISATION), "quarter": self.records.quarter(one)}
        own["status"] = "" if one.visibility == Visibility.PUBLIC else "inactive"
        own["is_placeholder"] = "true" if one.is_placeholder else ""
        left = kept(one)
        made: Object = {
            "id": number, "name": _whole(left, "name", line(one.name)), "description": lines(one.about),
            "email": one.email, "website": one.website,
        }  # fmt: skip
        if number_ := phone(one.phone):
            made["phones"] = [{"id": _id(number, "phone"), "number": number_}]
        made["contacts"] = [
            _contact(way, number, place) for place, way in enumerate(self.records.contacts(one))
        ]
        made["locations"] = [self.location(location) for location in self._of_organisation.get(one.pk, ())]
        if self.records.has_own_place(one):
            made["locations"].append(_place(one.address, number, "organization"))
        made["translations"] = self._translations(one, "organisation")
        made = _finished("organization", made, own, left, forced=_forced(left))
        return {
            "id": made.pop("id"),
            "name": made.pop("name"),
            "description": made.pop("description", ""),
            **made,
        }

    def location(self, one: Location) -> Object:
        if one.pk not in self._locations:
            self._locations[one.pk] = self._location(one)
        return self._locations[one.pk]

    def _location(self, one: Location) -> Object:
        number = self.records.number(one)
        left = kept(one)
        own = {"status": "" if one.visibility == Visibility.PUBLIC else "inactive"}
        kind = left.pop("location_type", "")
        if kind and kind not in hsds.PLACE_TYPES:
            left["location_type"] = kind
            kind = ""
        owner = self.records.owners.get(one.organisation_id)
        made: Object = {
            "id": number, "location_type": kind or "physical", "url": one.website,
            "organization_id": self.records.number(owner) if owner else "",
            "name": _whole(left, "name", line(one.name)), "description": lines(one.description),
        }  # fmt: skip
        made |= _where(one.address, number, left)
        made["languages"] = _languages(one.languages_spoken, number)
        if access := lines(one.accessibility):
            made["accessibility"] = [{"id": _id(number, "accessibility"), "description": access}]
        numbers = once(phone(part) for part in one.phone.split(";"))
        made["phones"] = [{"id": _id(number, "phone", n), "number": part} for n, part in enumerate(numbers)]
        made["schedules"] = self._schedules(one, number)
        return _finished("location", made, own, left)

    def _held_at(self, offer: Offer, number: str) -> list[Object]:
        made = []
        for row, location in self.records.held_at(offer):
            pair = identity.as_uuid(row.source_id) or identity.part(
                number, "at", self.records.number(location)
            )
            at: Object = {"id": str(pair), "location": self.location(location)}
            made.append(_finished("service_at_location", at, {}, dict(row.kept_columns)))
        if self.records.has_own_place(offer):
            place = _place(offer.address, number, "service")
            made.append({"id": _id(number, "at place"), "location": place})
        return made

    def _schedules(self, record: Any, number: str) -> list[Object]:
        return [
            _schedule(rule, _id(number, "schedule", n))
            for n, rule in enumerate(self.records.schedules(record))
        ]

    def _translations(self, record: Any, model: str) -> Object:
        names = hsds.TEXTS[model]
        made: Object = {}
        for language, texts in sorted(self.records.translations(record).items()):
            states = {names[name]: told.state for name, told in texts.items()}
            made[language] = {names[name]: told.text for name, told in texts.items()}
            one_state = len(set(states.values())) == 1
            made[language]["state"] = next(iter(states.values())) if one_state else states
        return made


def _finished(
    kind: str, made: Object, own: dict[str, str], left: dict[str, str], forced: set[str] = frozenset()
) -> Object:
    """With attributes of our own and kept columns, without anything empty."""
    number = made["id"]
    attributes = [
        {
            "id": _id(number, "attribute", name),
            "link_type": f"{hsds.OWN}{name}",
            "value": value,
            "label": name,
        }
        for name, value in own.items()
        if value or name in forced
    ]
    foreign_text = left.pop("attributes", "")
    foreign = sound.read(kind, "attributes", foreign_text) if foreign_text else []
    further: Object = {}
    for name in sorted(left):
        value = None if made.get(name) else sound.read(kind, name, left[name])
        if name == "fees" and not made.get("fees_description"):
            value = None  # an importer would take it for the cost
        if value is not None:
            further[name] = value
        else:
            attributes.append(_kept(number, name, left[name]))
    if foreign is None:
        attributes.append(_kept(number, "attributes", foreign_text))
    made = {**made, **further, "attributes": [*attributes, *(foreign or [])]}
    return {name: value for name, value in made.items() if value not in ("", None, [], {})}


def _kept(number: str, name: str, value: str) -> Object:
    return {"id": _id(number, "kept", name), "link_type": hsds.KEPT, "label": name, "value": value}


def _carried(record: Any, names: Any) -> dict[str, str]:
    return {name: lines(carried.written(record, name)) for name in names}


def _forced(left: dict[str, str]) -> set[str]:
    """Own fields that are told although they are empty, where an importer would else guess them."""
    return {"topics"} if "attributes" in left else set()


def _whole(left: dict[str, str], name: str, shown: str) -> str:
    """The text that was cut to fit, if what is shown still is its beginning."""
    text = left.get(name, "")
    if text and shown.endswith("…") and text.startswith(shown.removesuffix("…")):
        del left[name]
        return text
    return shown


def _status(offer: Offer) -> str:
    if offer.visibility == Visibility.PUBLIC:
        return "active"
    word = offer.kept_columns.get("status", "")
    return word if word in hsds.STATUSES and word != "active" else "inactive"


def _contact(ways: dict[str, Any], number: str, place: int) -> Object:
    key = _id(number, "contact", place)
    made: Object = {"id": key, "title": ways["function"], "email": ways["email"]}
    if ways["phone"]:
        made["phones"] = [{"id": _id(key, "phone"), "number": ways["phone"]}]
    own = {
        "hours": ways["hours"],
        "programmes": ";".join(ways.get("programmes", ())),
        "postcodes": ";".join(ways.get("postcodes", ())),
    }
    return _finished("contact", made, own, {})


def _languages(spoken: list[str], number: str) -> list[Object]:
    return [{"id": _id(number, "language", tag), "name": tags.name(tag, "en"), "code": tag} for tag in spoken]


def _place(address: Any, number: str, whose: str) -> Object:
    """The address of a record that stands at none of its locations."""
    key = _id(number, "place")
    made: Object = {
        "id": key,
        "location_type": "physical",
        "name": line(address.name),
        **_where(address, key, {}),
    }
    if whose == "organization":
        made["organization_id"] = number
    return _finished("location", made, {"place": whose}, {})


def _where(address: Any, number: str, left: dict[str, str]) -> Object:
    if address is None:
        return {}
    made: Object = {}
    if address.latitude is not None and address.longitude is not None:
        made = {"latitude": round(address.latitude, 7), "longitude": round(address.longitude, 7)}
    texts = {
        "attention": line(address.name), "address_1": line(address.street), "address_2": line(address.detail),
        "city": line(address.town), "postal_code": line(address.postcode),
    }  # fmt: skip
    if not any(texts.values()):
        return made
    kind = left.get("address_type", "")
    kind = left.pop("address_type") if kind in hsds.PLACE_TYPES else "physical"
    whole: Object = {
        "id": _id(number, "address"), "attention": texts["attention"], "address_1": _cut(left, "address_1", texts),
        "address_2": texts["address_2"], "city": texts["city"], "region": left.pop("region", ""),
        "state_province": left.pop("state_province", STATE), "postal_code": texts["postal_code"],
        "country": left.pop("country", COUNTRY), "address_type": kind,
    }  # fmt: skip
    needed = hsds.REQUIRED["address"]
    return {**made, "addresses": [{name: value for name, value in whole.items() if value or name in needed}]}


def _cut(left: dict[str, str], name: str, texts: dict[str, str]) -> str:
    return _whole(left, name, texts[name])


def _schedule(rule: Any, number: str) -> Object:
    weekdays = list(hsds.WEEKDAYS) if rule.freq == "daily" and not rule.weekdays else rule.weekdays
    made: Object = {"id": number}
    if rule.freq in ("weekly", "monthly", "daily"):
        made["freq"] = "MONTHLY" if rule.freq == "monthly" else "WEEKLY"
    made["interval"] = rule.interval if rule.interval != 1 else ""
    made["byday"] = ",".join([*weekdays, *rule.nth])
    made["bymonthday"] = ",".join(map(str, rule.month_days))
    made["dtstart"] = rule.starts_on.isoformat() if rule.starts_on else ""
    made["until"] = rule.until.isoformat() if rule.until else ""
    made["opens_at"] = f"{rule.opens_at:%H:%M}" if rule.opens_at else ""
    made["closes_at"] = f"{rule.closes_at:%H:%M}" if rule.closes_at else ""
    made["notes"] = lines(rule.note)
    is_odd = bool(rule.starts_on and rule.until and rule.until < rule.starts_on)
    is_bare = not (weekdays or rule.nth or rule.month_days or rule.starts_on)
    own = {
        "freq": rule.freq if rule.freq in ("once", "daily") or is_odd or is_bare else "",
        "skip_holidays": "" if rule.skip_holidays else "false",
        "skip_dates": ",".join(day.isoformat() for day in rule.skip_dates),
    }
    return _finished("schedule", made, own, {})


def _id(of: str, *words: object) -> str:
    return str(identity.part(of, *words))
