"""Tables of HSDS, CSV or XLSX: which table is what, told by its columns first and by its name only in doubt."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from quartierwerk.intake.table import Row, Table

from ... import hsds
from ..files import Part
from . import documents

# A table is of a kind only if it has one of the columns of each group.
_TELLING: dict[str, tuple[tuple[str, ...], ...]] = {
    "organization": (("name",),),
    "program": (("name",), ("organization_id",)),
    "service": (("name",), ("organization_id", "location_id", "status", "fees", "fees_description", "application_process", "eligibility_description", "program_id", "interpretation_services")),
    "location": (("name", "latitude", "description", "location_type"), ("latitude", "location_type", "transportation", "organization_id", "virtual", "external_identifier")),
    "service_at_location": (("service_id",), ("location_id",)),
    "phone": (("number",),),
    "contact": (("name", "title", "department", "email"), ("organization_id", "service_id", "location_id", "service_at_location_id")),
    "address": (("address_1",),),
    "mail_address": (("address_1",),),
    "schedule": (("opens_at", "closes_at", "byday", "freq", "description"), ("weekday", "byday", "freq", "dtstart", "opens_at", "schedule_link")),
    "holiday": (("closed",), ("start_date",)),
    "funding": (("source",), ("organization_id", "service_id")),
    "service_area": (("name", "extent", "description"), ("service_id", "service_at_location_id")),
    "required_document": (("document",),),
    "language": (("name", "code"), ("service_id", "location_id", "phone_id")),
    "accessibility": (("description", "details"), ("location_id",)),
    "taxonomy_term": (("name",), ("parent_id", "taxonomy_id", "taxonomy", "term_uri", "code", "parent_name")),
    "taxonomy": (("name",), ("uri", "version", "description")),
    "attribute": (("link_id",),),
    "metadata": (("resource_id", "last_action_date"),),
    "meta_table_description": (("character_set",),),
    "cost_option": (("service_id",), ("option", "amount", "amount_description")),
    "organization_identifier": (("identifier",), ("organization_id",)),
    "service_capacity": (("available", "maximum"), ("service_id",)),
    "unit": (("name",), ("scheme", "identifier")),
    "url": (("url",), ("organization_id", "service_id")),
    "service_term": (("service_id",), ("taxonomy_id", "taxonomy_term_id", "taxonomy_detail")),
    "organization_term": (("organization_id",), ("taxonomy_id", "taxonomy_term_id")),
    "location_term": (("location_id",), ("taxonomy_id", "taxonomy_term_id")),
    "eligibility": (("service_id",), ("eligibility", "minimum_age", "maximum_age")),
    "payment": (("service_id",), ("payment", "payment_accepted")),
    "review": (("service_id",), ("score", "reviewer_organization_id")),
    "translation": (("link_id",), ("language",), ("text",)),
}  # fmt: skip
_OLDER_COLUMNS = {
    "organization": "accreditations date_incorporated funding_sources licenses",
    "program": "",
    "service": "location_id accepted_payments audience eligibility funding_sources keywords languages required_documents "
    "service_areas taxonomy_ids website licenses",
    "location": "accessibility admin_emails email languages short_desc virtual website type",
    "address": "", "mail_address": "id location_id attention address_1 address_2 city region state_province postal_code country",
    "phone": "country_prefix department vanity_number number_type language",
    "schedule": "weekday start_date end_date original_text start end",
    "holiday": "id location_id service_id service_at_location_id start_date end_date closed opens_at closes_at",
    "taxonomy_term": "parent_name vocabulary taxonomy_id parent_id",
    "service_term": "id service_id taxonomy_id taxonomy_term_id taxonomy_detail",
    "organization_term": "id organization_id taxonomy_id", "location_term": "id location_id taxonomy_id",
    "eligibility": "id service_id eligibility minimum_age maximum_age",
    "payment": "id service_id payment payment_accepted",
    "review": "id service_id reviewer_organization_id title description date score url",
    "translation": "id link_id link_entity language name text state",
    "language": "language language_code", "accessibility": "accessibility", "service_area": "service_area",
    "contact": "", "service_at_location": "",
}  # fmt: skip
# What stands in columns of this kind without being lost: the standard's own and those of older versions.
KNOWN = {
    kind: {*hsds.FIELDS.get(kind, ()), *_OLDER_COLUMNS.get(kind, "").split(), *hsds.COLUMNS.get(kind, ())}
    for kind in {*hsds.FIELDS, *_OLDER_COLUMNS}
}
_ENOUGH = 0.5  # of the columns must be known


@dataclass
class Found:
    kind: str
    part: Part
    rows: list[tuple[Row, dict[str, Any]]]
    unknown: list[str]


def column(kind: str, header: str) -> str:
    """The standard's name of a column."""
    plain = header.strip().lower().replace(" ", "_").replace("-", "_").replace("organisation", "organization")
    known = KNOWN.get(kind, set())
    if plain == f"{kind}_name":
        plain = "name"
    if plain == f"{kind}_id" and f"{kind}_id" not in hsds.FIELDS.get(kind, {}):
        plain = "id"
    renamed = hsds.COLUMNS.get(kind, {}).get(plain, plain)
    return renamed if renamed in known or plain not in known else plain


def kind_of(part: Part) -> str:
    """Which kind of table this is; empty where it is none of HSDS."""
    headers = [header for header in part.table.headers if header]
    scores: dict[str, float] = {}
    hint = hsds.kind_named(_stem(part))
    for kind, groups in _TELLING.items():
        named = {column(kind, header) for header in headers}
        known = len(named & KNOWN[kind])
        if not all(named & set(group) for group in groups) and not (kind == hint and known == len(named) > 1):
            continue
        if known < _ENOUGH * len(named) or (known < 2 and kind != hint):
            continue
        # A column that only few kinds have tells more than an id.
        scores[kind] = known - 1.5 * (len(named) - known) + (2.5 if kind == hint else 0)
    if hint in ("taxonomy", "taxonomy_term") and "taxonomy_term" in scores:
        return "taxonomy_term"
    if not scores:
        return ""
    most = max(scores.values())
    best = [kind for kind, score in scores.items() if score == most]
    return hint if hint in best else best[0]


def _stem(part: Part) -> str:
    if len(part.table.sheets) > 1:
        return part.table.sheet
    return part.file.rsplit("/", 1)[-1].rsplit(".", 1)[0]


def recognise(parts: Sequence[Part]) -> list[Found]:
    """The tables of HSDS among these; a table without rows counts, too."""
    found = []
    for part in parts:
        if kind := kind_of(part):
            found.append(_found(kind, part))
    return found


def _found(kind: str, part: Part) -> Found:
    names = {header: column(kind, header) for header in part.table.headers}
    doubled = set()
    for header in list(names):  # two columns under one name: the one that is called so is it
        if names[header] != header and names[header] in part.table.headers:
            doubled.add(header)
            names[header] = header
    unknown = [
        header for header in part.table.headers if names[header] not in KNOWN[kind] or header in doubled
    ]
    names |= {header: header for header in unknown}
    rows = [
        (row, {names[header]: cell for header, cell in row.cells.items() if cell}) for row in part.table.rows
    ]
    return Found(kind, part, rows, unknown)


def is_bundle(found: list[Found]) -> bool:
    """Whether these tables are surely HSDS: services and another of its tables that names them or what they name."""
    kinds = {one.kind for one in found}
    return "service" in kinds and len(kinds) > 1


def of_document(document: dict[str, Any], name: str) -> list[Part]:
    """The tables that stand in one JSON object under their names."""
    parts = []
    for title, rows in document.items():
        headers = tuple(dict.fromkeys(key for row in rows if isinstance(row, dict) for key in row))
        made = [
            Row(number, {header: text_of(row.get(header)) for header in headers})
            for number, row in enumerate(rows, 1)
            if isinstance(row, dict)
        ]
        table = Table(headers, made, "json", "utf-8")
        parts.append(Part(f"{name}/{title}", table))
    return parts


def is_tabular(document: Any) -> bool:
    return (
        isinstance(document, dict)
        and bool(document)
        and all(isinstance(rows, list) for rows in document.values())
        and sum(bool(hsds.kind_named(name)) for name in document) * 2 > len(document)
        and (len(document) > 1 or next(iter(document)).endswith(".csv"))
    )


def text_of(value: Any) -> str:
    """A plain value of JSON as a cell would hold it."""
    if type(value) is str:
        return value.strip()
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value).strip()


def is_hsds(document: Any) -> bool:
    """Whether a JSON document surely holds objects of HSDS: each entry can be told, and one says more than a name."""
    if is_tabular(document):
        return True
    entries = documents.entries(document)
    told = [documents.kind_of(entry) for entry in entries[:200]]
    if not told or not all(told) or set(told) <= {"taxonomy", "taxonomy_term"}:
        return False
    telling = {"service_at_locations", "organization", "location_type", "addresses", "physical_addresses", "schedules", "phones", "organization_id", "tax_status", "fees_description", "status", "total_items", "contacts"}  # fmt: skip
    sure = [
        (isinstance(one, dict) and len(telling & set(one)) > 1) or isinstance(one.get("organization"), dict)
        for one in entries[:200]
    ]
    return any(sure)
