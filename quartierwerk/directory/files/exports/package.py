"""The HSDS package: a table for each kind of object, with datapackage.json. No key leads nowhere.

Unlike the JSON it also holds organisations and locations without an offer. Numbers and formulas stay as they are: the
package is read by machines, which would take a guard for a part of the text.
"""

import io
import json
import zipfile
from typing import Any

from quartierwerk.documents import csv
from quartierwerk.documents.cells import Column

from .. import hsds, identity
from .hsds import Object, Writer
from .records import Records

# In every package, even where they are empty.
_ALWAYS = ("organization", "service", "location", "service_at_location")
TRANSLATIONS = "translation"
_COLUMNS = {kind: tuple(fields) for kind, fields in hsds.FIELDS.items()} | {
    TRANSLATIONS: ("id", "link_id", "link_entity", "language", "name", "text", "state")
}
_FILES = {**hsds.FILES, TRANSLATIONS: "translations.csv"}
# As the standard's own datapackage has them.
_REFERENCES = {
    "organization_id": "organization", "service_id": "service", "location_id": "location", "contact_id": "contact",
    "phone_id": "phone", "program_id": "program", "service_at_location_id": "service_at_location",
    "taxonomy_term_id": "taxonomy_term", "taxonomy_id": "taxonomy", "unit_id": "unit",
}  # fmt: skip
_TYPES = {"number": {"type": "number"}, "uri": {"type": "string", "format": "uri"}, "email": {"type": "string", "format": "email"}}  # fmt: skip


def files(records: Records) -> dict[str, bytes]:
    """Name of the file → content. Unchanged records give identical bytes."""
    tables = rows(records)
    made = {}
    for kind, found in tables.items():
        columns = _COLUMNS[kind]
        cells = ([_cell(row.get(name)) for name in columns] for row in found.values())
        made[_FILES[kind]] = csv.render([Column(name) for name in columns], cells, dialect=csv.MACHINE)
    made["datapackage.json"] = (json.dumps(_description(tables), indent=1) + "\n").encode()
    return made


def as_zip(records: Records) -> bytes:
    """The package in one file, without the time of packing."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files(records).items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return target.getvalue()


def rows(records: Records) -> dict[str, dict[str, Object]]:
    """Kind → id → row, parents first, in the order of the walk: lists keep their order when read again."""
    writer = Writer(records)
    walk = _Walk()
    for organisation in sorted(records.organisations, key=records.number):
        walk.put("organization", writer.organization(organisation))
    for location in sorted(records.locations, key=records.number):
        walk.put("location", writer.location(location))
    for service in sorted((writer.service(offer) for offer in records.offers), key=lambda one: one["id"]):
        walk.put("service", service)
    return walk.settled()


class _Walk:
    def __init__(self) -> None:
        self.tables: dict[str, dict[str, Object]] = {kind: {} for kind in _COLUMNS}
        self._seen: set[tuple[str, str]] = set()

    def put(self, kind: str, made: Object, **references: str) -> str:
        """A row for the object, and one for each of its children. The same object in two places is one row."""
        key = str(made["id"])
        if kind in hsds.MAIN and (kind, key) in self._seen:
            return key
        self._seen.add((kind, key))
        row = {name: value for name, value in made.items() if name in _COLUMNS[kind]} | references
        if kind == "attribute" and "link_id" in made:
            row["link_id"] = made["link_id"]
        key = row["id"] = self._distinct(kind, key, row, references)
        for name, part in hsds.PARTS.get(kind, {}).items():
            if name in made:
                column = f"{part}_id"
                row[column] = self.put(part, made[name])
        self.tables[kind][key] = {**self.tables[kind].get(key, {}), **row}
        for name, child in hsds.CHILDREN.get(kind, {}).items():
            for one in made.get(name, ()):
                self.put(child, one, **self._reference(kind, key, child))
        for language, texts in made.get("translations", {}).items():
            self._translation(kind, key, language, texts)
        return key

    def _reference(self, kind: str, key: str, child: str) -> dict[str, str]:
        if child == "attribute":
            return {"link_id": key, "link_entity": kind}
        if child == "metadata":
            return {"resource_id": key, "resource_type": kind}
        if child == "location":
            return {}
        return {f"{kind}_id": key} if f"{kind}_id" in _COLUMNS[child] else {}

    def _distinct(self, kind: str, key: str, row: Object, references: dict[str, str]) -> str:
        """One row for an object that belongs to two others, as HSDS has it; different ones never share a number."""
        known = self.tables[kind].get(key)
        if known is None or kind in hsds.MAIN:
            return key
        same = all(known.get(name) == value for name, value in row.items() if name not in references)
        free = all(known.get(name) in (None, value) for name, value in references.items())
        if same and free:
            return key
        return str(identity.part(key, *sorted(references.values())))

    def _translation(self, kind: str, key: str, language: str, texts: Object) -> None:
        states = texts.get("state", "")
        for name, text in texts.items():
            if name == "state":
                continue
            number = str(identity.part(key, "translation", language, name))
            self.tables[TRANSLATIONS][number] = {
                "id": number, "link_id": key, "link_entity": kind, "language": language, "name": name, "text": text,
                "state": states.get(name, "") if isinstance(states, dict) else states,
            }  # fmt: skip

    def settled(self) -> dict[str, dict[str, Object]]:
        """Without references to what is not there."""
        for kind, found in self.tables.items():
            for column in set(_COLUMNS[kind]) & set(_REFERENCES):
                there = self.tables[_REFERENCES[column]]
                for row in found.values():
                    if column in row and row[column] not in there:
                        del row[column]
        return {kind: found for kind, found in self.tables.items() if found or kind in _ALWAYS}


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _description(tables: dict[str, Any]) -> Object:
    return {
        "name": "human_services_data",
        "profile": "tabular-data-package",
        "version": "3.1.0",
        "homepage": "https://docs.openreferral.org",
        "resources": [_resource(kind, tables) for kind in tables],
    }


def _resource(kind: str, tables: dict[str, Any]) -> Object:
    needed = {"id", *(name for name in hsds.REQUIRED.get(kind, ()) if name in _COLUMNS[kind])}
    if kind in ("organization", "program", "taxonomy", "taxonomy_term", "address"):
        needed &= {"id", "name"}  # an empty text is a text, but an empty cell would fail
    fields = []
    for name in _COLUMNS[kind]:
        of = hsds.FIELDS.get(kind, {}).get(name, "text")
        constraints = {"required": name in needed, "unique": name == "id"}
        fields.append({"name": name, **_TYPES.get(of, {"type": "string"}), "constraints": constraints})
    keys = [
        {"fields": name, "reference": {"resource": target, "fields": "id"}}
        for name in _COLUMNS[kind]
        if (target := _REFERENCES.get(name)) and target in tables and (kind, name) != (target, name)
    ]
    schema: Object = {"fields": fields, "primaryKey": "id"}
    if keys:
        schema["foreignKeys"] = keys
    return {
        "name": kind, "path": _FILES[kind], "profile": "tabular-data-resource", "format": "csv", "mediatype": "text/csv",
        "encoding": "utf-8", "schema": schema,
    }  # fmt: skip
