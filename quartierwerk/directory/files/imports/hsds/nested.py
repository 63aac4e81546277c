"""Objects of JSON: nested ones taken apart into the main ones, each of them once."""

import json
from typing import Any

from django.utils.translation import gettext as _

from quartierwerk.documents.cells import storable
from quartierwerk.intake.report import RowReport

from ... import hsds
from .bundle import Bundle, Entry
from .older import LIST_NAMES, LISTS_OF_WORDS, eligible, older
from .tables import text_of


def cleaned(value: Any) -> Any:
    """Plain values as text, so that tables and JSON read alike; without nulls and what is empty: they say nothing."""
    if type(value) is str:
        return storable(value.strip())
    if isinstance(value, dict):
        made = {str(key): cleaned(one) for key, one in value.items()}
        if isinstance(made.get("id"), dict | list):
            made["id"] = json.dumps(made["id"], ensure_ascii=False, sort_keys=True)
        return {key: one for key, one in made.items() if one}
    if isinstance(value, list):
        return [one for one in map(cleaned, value) if one]
    return storable(text_of(value))


class Walk:
    """Takes nested objects apart into the main ones, each once."""

    def __init__(self, bundle: Bundle) -> None:
        self.bundle = bundle

    def top(self, kind: str, entry: Any, row: RowReport, file: str, number: int) -> None:
        """One entry of a list."""
        if kind in ("taxonomy", "taxonomy_term", "unit", "metadata", "meta_table_description"):
            row.outcome = "not used"  # terms travel within the objects they describe
            return
        if not kind:
            if isinstance(entry, dict) and {"version", "profile"} & set(entry):
                row.outcome = "not used"
                row.title = _("about the interface")
                return
            row.refuse("", _("This entry is no service, organisation or location."))
            row.outcome = "left out"
            return
        data = cleaned(entry)
        if not {"id", "name"} & set(data) and kind in ("service", "organization"):
            row.refuse(
                "", _("The entry has neither a name nor a number."), advice=_("Please fill in one of them.")
            )
            row.outcome = "left out"
            return
        if kind == "service_at_location":
            self._at_location(data, row)
            return
        self.keep(kind, data, row, f"{file}, {number}", file)

    def _at_location(self, data: dict[str, Any], row: RowReport) -> None:
        service = data.pop("service", None)
        if isinstance(service, dict):
            place = data.get("location")
            if isinstance(place, dict):
                data["location_id"] = self._nested("location", data.pop("location"), row)
            service.setdefault("service_at_locations", []).append(data)
            self.keep("service", service, row, "", "")
            return
        wanted = str(data.get("service_id", ""))
        place = data.pop("location", None)
        key = (
            self._nested("location", place, row)
            if isinstance(place, dict)
            else str(data.get("location_id", ""))
        )
        if not wanted:
            if not key:
                row.refuse("", _("This entry names neither a service nor a location."))
                row.outcome = "left out"
                return
            row.warn("service_id", _("The entry does not say which service this is; its location is kept."))
            return
        data["location_id"] = key
        data.pop("service_id")
        self.keep("service", {"id": wanted, "service_at_locations": [data]}, row, "", "")

    def keep(self, kind: str, data: dict[str, Any], row: RowReport, where: str, file: str) -> str:
        """Put an object among those of its kind; `where` is empty for one that stands within another."""
        key = str(data.get("id", "")) or self._made_up(kind, data)
        data["id"] = key
        self._children(kind, data, row, key)
        known = self.bundle.add(Entry(kind, key, data, row, where, file))
        if known is None:
            return key
        if where and known.where and (known.file == file or (kind != "location" and clash(known.data, data))):
            self._double(known, data, row, key)
            return key
        merge(known.data, data, row, wins=bool(where) and not known.where)
        if where and not known.where:
            self.bundle.parts.append((known.row, row))
            known.where, known.row, known.file = where, row, file
        elif known.row is not row:
            self.bundle.parts.append((row, known.row))
        return key

    def _double(self, known: Entry, data: dict[str, Any], row: RowReport, key: str) -> None:
        words = {"number": key, "where": known.where}
        if known.data == data:
            row.warn("id", _("The row repeats an earlier one (%(where)s).") % words, typed=key)
            row.outcome = "repeated"
            return
        row.refuse(
            "id",
            _("The number “%(number)s” stands twice with different contents (%(where)s).") % words,
            typed=key,
            advice=_("Please give each record its own number."),
        )
        row.outcome = "left out"

    def _made_up(self, kind: str, data: dict[str, Any]) -> str:
        """A number for an object without one: the same for the same words."""
        words = [data.get(name, "") for name in ("name", "organization_id", "latitude", "longitude")]
        for one in data.get("addresses", []) if isinstance(data.get("addresses"), list) else ():
            words += [one.get("address_1", ""), one.get("postal_code", "")] if isinstance(one, dict) else []
        return " ".join(word for word in words if isinstance(word, str) and word)[:180] or f"{kind} ?"

    def _nested(self, kind: str, data: dict[str, Any], row: RowReport) -> str:
        return str(data["id"]) if set(data) == {"id"} else self.keep(kind, data, row, "", "")

    def _children(self, kind: str, data: dict[str, Any], row: RowReport, key: str) -> None:
        """Give lists their names of today, and leave ids where other main objects are nested."""
        for name in list(data):
            value = data[name]
            if isinstance(value, dict) and name in ("organization", "organisation"):
                data["organization_id"] = self._nested("organization", data.pop(name), row)
            elif kind == "service_at_location" and name == "location" and isinstance(value, dict):
                data["location_id"] = self._nested("location", data.pop(name), row)
            elif isinstance(value, list):
                self._list(kind, data, name, row, key)
        for old, new in hsds.COLUMNS.get(kind, {}).items():
            if old in data and new not in data and not isinstance(data[old], list | dict):
                data[new] = data.pop(old)

    def _list(self, kind: str, data: dict[str, Any], name: str, row: RowReport, key: str) -> None:
        inner = hsds.CHILDREN.get(kind, {}).get(name) or hsds.kind_named(name)
        values = data[name]
        if inner in LISTS_OF_WORDS.values() and any(isinstance(one, str) for one in values):
            words = (
                "description"
                if inner == "accessibility"
                else "document"
                if inner == "required_document"
                else "name"
            )
            values = [{words: one} if isinstance(one, str) else one for one in values]
        is_placed = inner in LIST_NAMES or inner in hsds.LIST_NAMES or inner == "eligibility"
        is_placed |= inner == "service" and kind in ("organization", "location")
        if not is_placed or not all(isinstance(one, dict) for one in values):
            return
        del data[name]
        if kind == "organization" and inner == "service":
            for one in values:
                one.setdefault("organization_id", key)
                self.keep("service", one, row, "", "")
            return
        if kind in ("organization", "service") and inner == "location":
            for one in values:
                if kind == "organization":
                    one.setdefault("organization_id", key)
                place = self._nested("location", one, row)
                if kind == "service":
                    data.setdefault("service_at_locations", []).append({"location_id": place})
            return
        if kind == "location" and inner == "service":
            for one in values:
                one.setdefault("service_at_locations", []).append({"location_id": key})
                self.keep("service", one, row, "", "")
            return
        if inner == "eligibility":
            for one in values:
                eligible(data, one)
            return
        for one in values:
            self._children(inner, one, row, str(one.get("id", "")))
            older(inner, one)
            _without_parent(inner, one, kind, key)
        target = LIST_NAMES.get(inner) or hsds.list_name(kind, inner)
        data[target] = [*data.get(target, []), *values]


def _without_parent(kind: str, data: dict[str, Any], parent: str, key: str) -> None:
    """A nested object need not name what it stands in."""
    if data.get(f"{parent}_id", "") in ("", key):
        data.pop(f"{parent}_id", None)
    if kind in ("attribute", "metadata"):
        own, entity = ("link_id", "link_entity") if kind == "attribute" else ("resource_id", "resource_type")
        if data.get(own) == key:
            data.pop(own, None)
            data.pop(entity, None)


def clash(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two accounts of an object contradict each other in a plain value."""
    return any(
        isinstance(value, str) and isinstance(one.get(name), str) and one[name] != value
        for name, value in other.items()
        if name != "last_modified"
    )


def merge(known: dict[str, Any], data: dict[str, Any], row: RowReport | None, *, wins: bool = False) -> None:
    """The same object once more: what one account did not say is added, and a contradiction is told."""
    for name, value in data.items():
        before = known.setdefault(name, value)
        if before == value:
            continue
        if isinstance(before, list) and isinstance(value, list):
            _merge_lists(before, value)
        elif isinstance(before, dict) and isinstance(value, dict):
            merge(before, value, None)
        else:
            if row is not None and name != "last_modified":
                row.warn(
                    name,
                    _("“%(name)s” is described differently in two places of the file.")
                    % {"name": known.get("name", known.get("id", ""))},
                    typed=str(value)[:100],
                )
            if wins:
                known[name] = value


def _merge_lists(before: list[Any], more: list[Any]) -> None:
    by_id = {one["id"]: one for one in before if isinstance(one, dict) and one.get("id")}
    for one in more:
        twin = by_id.get(one.get("id")) if isinstance(one, dict) else None
        if twin is not None:
            merge(twin, one, None)
        elif one not in before:
            before.append(one)
