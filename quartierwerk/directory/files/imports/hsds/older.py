"""Ways of writing of older versions, and what stands in their place today."""

from typing import Any

from ... import hsds

LISTS_OF_WORDS = {"languages": "language", "accessibility": "accessibility", "service_areas": "service_area", "required_documents": "required_document"}  # fmt: skip
# What one row of an older table becomes within its parent.
LIST_NAMES = {"mail_address": "addresses", "holiday": "holiday_schedules", "payment": "payments_accepted", "review": "reviews", "service_term": "attributes", "organization_term": "attributes", "location_term": "attributes", "translation": "translations"}  # fmt: skip
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def eligible(service: dict[str, Any], data: dict[str, Any]) -> None:
    for old, new in (("eligibility", "eligibility_description"), ("minimum_age", "minimum_age"), ("maximum_age", "maximum_age")):  # fmt: skip
        if data.get(old) and not service.get(new):
            service[new] = data[old]


def older(kind: str, data: dict[str, Any]) -> None:
    """Ways of writing that changed since: weekdays by their name or number, a term where an attribute stands today."""
    if kind == "schedule" and "weekday" in data and "byday" not in data:
        days = [_weekday(word) for word in str(data["weekday"]).replace(";", ",").split(",")]
        if all(days):
            data["byday"] = ",".join(days)
            data.setdefault("freq", "WEEKLY")
            del data["weekday"]
    if kind in ("service_term", "organization_term", "location_term"):
        term = data.pop("taxonomy", None)
        if isinstance(term, dict):
            data["taxonomy_term"] = term
        elif "taxonomy_id" in data and "taxonomy_term_id" not in data:
            data["taxonomy_term_id"] = data.pop("taxonomy_id")
    if kind == "mail_address":
        data.setdefault("address_type", "postal")


def _weekday(word: str) -> str:
    plain = word.strip().lower()
    if plain.upper() in hsds.WEEKDAYS:
        return plain.upper()
    if plain in "1234567" and plain:
        return hsds.WEEKDAYS[int(plain) - 1]
    found = [day for day in _DAYS if len(plain) > 2 and day.startswith(plain.rstrip("."))]
    return found[0][:2].upper() if len(found) == 1 else ""


def split_words(text: str) -> list[str]:
    """ "Chinese (Mandarin), Tagalog" → two; a comma within brackets divides nothing."""
    parts, depth, current = [], 0, ""
    for sign in text.strip("[]{}"):
        depth += (sign == "(") - (sign == ")")
        if sign in ",;|" and depth == 0:
            parts.append(current)
            current = ""
        else:
            current += sign
    return [part.strip(" \"'") for part in [*parts, current] if part.strip(" \"'")]
