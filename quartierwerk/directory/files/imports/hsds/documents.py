"""HSDS in JSON: a list of objects, a page of an API, a single object, or one object a line."""

from collections.abc import Iterator
from typing import Any

from ... import hsds

# Where the page of an API keeps its entries.
_PAGES = ("contents", "content", "items", "data", "results", "records", "value", "services", "organizations", "locations", "service_at_locations", "taxonomy_terms", "taxonomies")  # fmt: skip


def entries(document: Any) -> list[Any]:
    """The objects of a document: those of its list or page, or itself."""
    if isinstance(document, list):
        flat: list[Any] = []
        for entry in document:  # pages of an API, one a line or one after the other
            flat += entries(entry) if _page_of(entry) is not None else [entry]
        return flat
    if isinstance(document, dict):
        page = _page_of(document)
        return [document] if page is None else page
    return []


def _page_of(document: Any) -> list[Any] | None:
    if not isinstance(document, dict):
        return None
    counts = {
        "total_items",
        "total_pages",
        "page_number",
        "totalElements",
        "totalPages",
        "number",
        "size",
        "empty",
    }
    is_page = bool(counts & set(document)) or not (document.get("id") or document.get("name"))
    if not is_page:
        return None
    return next((document[name] for name in _PAGES if isinstance(document.get(name), list)), None)


def kind_of(entry: Any, hint: str = "") -> str:
    """Which kind of object this is, told by what it holds; empty where it is none of HSDS."""
    if not isinstance(entry, dict):
        return ""
    keys = {key for key, value in entry.items() if value not in (None, "", [], {})}
    if {"version", "profile"} <= keys or "openapi_url" in keys:
        return ""  # the page about an API
    if "name" not in keys and (keys & {"location", "service"} or {"service_id", "location_id"} <= keys):
        return "service_at_location"
    if "openapi" in keys or "$schema" in keys or "resources" in keys:
        return ""
    if keys & {"organization", "service_at_locations", "organization_id", "program_id", "program", "fees_description", "application_process", "eligibility_description", "interpretation_services", "service_areas", "cost_options", "required_documents", "minimum_age", "maximum_age", "assured_date", "regular_schedules", "service_taxonomys"} and "location_type" not in keys and not keys & {"latitude", "addresses", "physical_addresses"}:  # fmt: skip
        return "service"
    if keys & {"location_type", "latitude", "longitude", "addresses", "physical_addresses", "transportation", "accessibility"}:  # fmt: skip
        return "location"
    if keys & {"taxonomy", "taxonomy_detail", "taxonomy_id", "term_uri", "parent_id"} and "name" in keys:
        return "taxonomy_term"
    if keys & {"website", "tax_status", "tax_id", "legal_status", "year_incorporated", "services", "programs", "locations", "organization_identifiers", "additional_websites", "parent_organization_id", "logo"}:  # fmt: skip
        return "organization"
    if keys & {"status", "schedules", "languages", "additional_urls", "capacities", "alert", "wait_time", "fees", "accreditations"}:  # fmt: skip
        return "service"
    if "version" in keys and "name" in keys:
        return "taxonomy"
    if "name" not in keys:
        return ""
    if hint:
        return hint
    return "organization" if keys & {"email", "phones", "contacts", "description", "uri"} else "service"


def kinds(found: list[Any], name: str = "") -> Iterator[tuple[str, Any]]:
    """Each entry with its kind. Where an entry is too bare to tell, the others of the list and its name do."""
    told = [kind_of(entry) for entry in found]
    usual = max(set(told), key=told.count) if told else ""
    hint = hsds.kind_named(
        name.rsplit("/", 1)[-1].rsplit(".", 1)[0].removesuffix("_list").removesuffix("_full")
    )
    hint = hint if hint in ("organization", "service", "location", "taxonomy", "taxonomy_term") else usual
    for entry in found:
        yield kind_of(entry, hint), entry
