"""The bundle → drafts of records. What no field of ours takes is kept with the record, under the standard's own name."""

import json
from typing import Any

from django.utils.translation import gettext as _

from ....models import Offer, Organisation
from ..rows import LONGEST_ID, Draft, HeldAt
from .bundle import Bundle
from .tables import text_of
from .taking import PHONE, Taking, dicts, short


def drafts_of(bundle: Bundle) -> list[Draft]:
    """Organisations first, then locations, then offers; rows with an error give none."""
    made = []
    for entry in bundle.main["organization"].values():
        made += _Reading(entry).organisation()
    for entry in bundle.main["location"].values():
        made += _Reading(entry).location(bundle)
    for entry in bundle.main["service"].values():
        made += _Reading(entry).offer(bundle)
    placeholders: dict[str, Draft] = {}
    for number, orphan in enumerate(bundle.orphans):
        draft = _placeholder(orphan, number)
        known = placeholders.setdefault(draft.key, draft)
        if known is not draft:
            known.kept |= draft.kept
            bundle.parts.append((draft.row, known.row))
    stored = {draft.key for draft in made if draft.model == "organisation"}
    return [*(draft for key, draft in placeholders.items() if key not in stored), *made]


def _placeholder(orphan: Any, number: int) -> Draft:
    """A row that belongs to nothing in the file, under an organisation that says so."""
    orphan.row.warn(
        "",
        _("What this row belongs to is missing from the list (%(parent)s).") % {"parent": orphan.parent},
        typed=orphan.parent,
        advice=_("The row is kept under an organisation marked as unknown. Please put it right there."),
    )
    number_ = orphan.parent.removeprefix("organization ")
    draft = Draft("organisation", number_[:LONGEST_ID], orphan.row, is_placeholder=True)
    key = f"{orphan.kind} {orphan.data.get('id') or number}"
    draft.kept = {key: json.dumps(orphan.data, ensure_ascii=False, sort_keys=True)}
    return draft


class _Reading(Taking):
    # --- the three kinds

    def organisation(self) -> list[Draft]:
        self.left.pop("id", None)
        self._attributes()
        name = self._text("name", 300) or self._text("alternate_name", 300)
        if not name:
            name = _("Organisation %(number)s") % {"number": self.entry.id}
            self.row.warn("name", _("“%(field)s” is empty.") % {"field": _("Name")})
        self.values |= {"name": name, "about": self._take("description")}
        self.values["website"] = self._read("website", "url", 500)
        self.values["email"] = self._read("email", "email", 254)
        phones = self._objects("phones")
        numbers = [number for one in phones if (number := self._phone(one))]
        self.values["phone"] = numbers[0] if numbers else ""
        if len(phones) > 1 or any(set(one) - {"id", "number"} for one in phones) or not numbers:
            self._keep("phones", phones)
        contacts = self._contacts(self._objects("contacts"))
        self._carried("organisation", Organisation)
        draft = self._draft("organisation", contacts=contacts)
        draft.is_placeholder = self.own.get("is_placeholder") == "true"
        draft.status = "inactive" if self.own.get("status") == "inactive" else "active" if self.own else ""
        draft.address = self._own_place()
        return [draft]

    def location(self, bundle: Bundle) -> list[Draft]:
        self.left.pop("id", None)
        self._attributes()
        if "place" in self.own:  # our export puts the address of an organisation or offer here
            return []
        organisation = text_of(self.left.pop("organization_id", "")) or _owner(bundle, self.entry.id)
        address = self._place()
        name = self._text("name", 300)
        self.values |= {"name": name, "description": self._take("description") or self._take("short_desc")}
        self.values["website"] = self._read("url", "url", 500)
        phones = self._objects("phones")
        numbers = [self._phone(one, PHONE * 5) for one in phones]
        self.values["phone"] = "; ".join(dict.fromkeys(number for number in numbers if number))[:300]
        if any(set(one) - {"id", "number", "extension", "type"} for one in phones):
            self._keep("phones", phones)
        self.values["languages_spoken"] = self._languages()
        access = self._objects("accessibility")
        self.values["accessibility"] = "\n".join(
            text_of(one[name])
            for one in access
            for name in ("description", "details", "url")
            if one.get(name)
        )
        if "accessibility" in self.own:
            self.values["accessibility"] = self.own["accessibility"]
        elif any(set(one) - {"id", "description", "details", "url"} for one in access):
            self._keep("accessibility", access)
        kind = self.left.get("location_type", "")
        if kind == "physical":
            del self.left["location_type"]
        rules, words = self._schedules(self._objects("schedules"))
        if words:
            self.values["description"] = "\n".join(
                [part for part in (self.values["description"], *words) if part]
            )
        draft = self._draft("location", schedules=rules)
        draft.organisation_key = short(organisation)
        draft.address = address
        draft.status = "inactive" if self.own.get("status") == "inactive" else "active" if self.own else ""
        return [draft]

    def offer(self, bundle: Bundle) -> list[Draft]:
        self.left.pop("id", None)
        self._attributes()
        title = self._text("name", 300) or self._text("alternate_name", 300)
        if not title:
            self.row.refuse(
                "name",
                _("“%(field)s” is empty.") % {"field": _("Title")},
                advice=_("Please fill it in; no row can do without it."),
            )
            self.row.outcome = "left out"
            return []
        at = self._objects("service_at_locations")
        self.values |= {"title": title, "description": self._take("description") or self._take("short_desc")}
        self.values["website"] = self._read("url", "url", 500)
        fees = "fees_description" if self.left.get("fees_description") else "fees"
        self.values["cost"] = self._cut(fees, 300)
        self.values["registration_how"] = self._take("application_process")
        self.values["audience"] = self._take("eligibility_description") or self._take("audience")
        self.values["languages_spoken"] = self._languages()
        contacts = self._ways(at)
        rules, words = self._schedules(
            self._objects("schedules") + [s for one in at for s in dicts(one.get("schedules"))]
        )
        self.values["hours"] = "\n".join(words)
        self._carried("offer", Offer)
        costs = [_amount(one) for one in dicts(self.left.get("cost_options"))]
        if "is_free" not in self.own and costs and all(cost == 0 for cost in costs):
            self.values["is_free"] = "yes"
        status = self._status()
        draft = self._draft("offer", contacts=contacts, schedules=rules)
        draft.status = status
        draft.organisation_key = short(text_of(self.left.pop("organization_id", "")))
        if not draft.organisation_key:
            draft.organisation_key = self._owner_by_location(bundle, at) or short(
                str(self.left.get("missing_parent", ""))
            )
        self.left.pop("missing_parent", None)
        self._held_at(draft, bundle, at)
        return [draft]

    def _draft(self, model: Any, **children: Any) -> Draft:
        draft = Draft(model, self.key, self.row, **children)
        draft.values = self.values
        draft.quarter = self.own.get("quarter", "")
        draft.serves = (
            [name for name in self.own.get("serves", "").split(";") if name] if "serves" in self.own else None
        )
        draft.texts = self._translations(model)
        for name in list(self.left):
            if name in ("organization_id", "missing_parent") and model != "organisation":
                continue
            self._keep(name, self.left.pop(name))
        draft.kept = self.kept
        return draft

    def _own_place(self) -> dict[str, Any] | None:
        """The address of an organisation, which our export puts among its locations."""
        place = self.entry.place
        return _Reading(place)._place() if place is not None else None

    def _owner_by_location(self, bundle: Bundle, at: list[dict[str, Any]]) -> str:
        for one in at:
            location = bundle.main["location"].get(text_of(one.get("location_id", "")))
            if location is not None and location.data.get("organization_id"):
                return short(text_of(location.data["organization_id"]))
        return ""

    def _held_at(self, draft: Draft, bundle: Bundle, at: list[dict[str, Any]]) -> None:
        draft.at = []
        draft.address = None
        missing = []
        for one in at:
            key = text_of(one.get("location_id", ""))
            place = bundle.main["location"].get(key)
            if place is None:
                if key:
                    missing.append(key)
                continue
            if place.is_place:
                reading = _Reading(place)
                reading._attributes()
                draft.address = reading._place()
                continue
            kept = {
                name: value
                if isinstance(value, str)
                else json.dumps(value, ensure_ascii=False, sort_keys=True)
                for name, value in one.items()
                if name
                not in ("id", "location_id", "service_id", "contacts", "phones", "schedules", "location")
                and value
            }
            if short(key) not in [held.location for held in draft.at]:
                draft.at.append(HeldAt(short(key), text_of(one.get("id", ""))[:LONGEST_ID], kept))
        if missing:
            self.row.warn(
                "service_at_locations",
                _("The place of this offer is missing from the list (number: %(number)s).")
                % {"number": ", ".join(missing)},
                typed=missing[0],
                advice=_("Its number is kept with the record. Please enter the place."),
            )
            draft.kept["location_id"] = "; ".join(missing)


def _owner(bundle: Bundle, location: str) -> str:
    """Whose location it is, where only its services say so."""
    return bundle.owners.get(location, "")


def _amount(cost: dict[str, Any]) -> float | None:
    try:
        return float(text_of(cost.get("amount", "")))
    except ValueError:
        return None
