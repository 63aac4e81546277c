"""Kept columns of a foreign list on their way back into the standard: only what is sound there goes there again."""

import json
import re
from typing import Any

from quartierwerk.intake.values import READERS, Misread, Style

from .. import hsds, identity

_URI = re.compile(r"https?://[^\s/?#]+\S*")
_NUMBER = re.compile(r"-?(0|[1-9]\d{0,14})(\.\d*[1-9])?")
_DATE_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


def read(kind: str, name: str, text: str) -> Any:
    """The value for this property of such an object, or None where the standard has none or the value would break it."""
    if name in (
        "id",
        "status",
        "name",
        "schedules",
        "translations",
        "service_at_locations",
        "organization",
        "locations",
    ):
        return None
    if name in hsds.FIELDS[kind]:
        return _plain(kind, name, text)
    inner = hsds.CHILDREN.get(kind, {}).get(name)
    part = hsds.PARTS.get(kind, {}).get(name)
    if inner is None and part is None:
        return None
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if inner is not None:
        if not isinstance(value, list) or not value:
            return None
        made = [_object(inner, one) for one in value]
        return None if any(one is None for one in made) else made
    return _object(str(part), value)


def _object(kind: str, value: Any) -> dict[str, Any] | None:
    if not isinstance(value, dict) or not identity.as_uuid(str(value.get("id", ""))):
        return None
    made: dict[str, Any] = {}
    for name, one in value.items():
        if name in hsds.FIELDS[kind]:
            plain = _plain(kind, name, one) if isinstance(one, str) else None
        elif inner := hsds.CHILDREN.get(kind, {}).get(name):
            children = [_object(inner, child) for child in one] if isinstance(one, list) else [None]
            plain = None if any(child is None for child in children) else children
        elif part := hsds.PARTS.get(kind, {}).get(name):
            plain = _object(part, one)
        else:
            return None
        if plain is None:
            return None
        made[name] = plain
    return made if all(name in made for name in hsds.REQUIRED.get(kind, ())) else None


def _plain(kind: str, name: str, text: str) -> Any:
    wanted = hsds.FIELDS[kind][name]
    if wanted == "number":
        if not _NUMBER.fullmatch(text):
            return None
        return float(text) if "." in text else int(text)
    if wanted == "id" and identity.as_uuid(text) is None:
        return None
    if wanted == "uri" and not _URI.fullmatch(text):
        return None
    if wanted == "email":
        try:
            if READERS["email"](text, Style()) != text:
                return None
        except Misread:
            return None
    if name in ("last_modified", "updated") and not _DATE_TIME.fullmatch(text):
        return None
    choices = {
        "freq": ("WEEKLY", "MONTHLY"), "wkst": hsds.WEEKDAYS, "address_type": hsds.PLACE_TYPES, "location_type": hsds.PLACE_TYPES,
    }  # fmt: skip
    return text if name not in choices or text in choices[name] else None
