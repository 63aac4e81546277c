"""A JSON text as a document; one object a line (ndjson) gives a list."""

import json
import re
from typing import Any

from quartierwerk.documents.cells import storable

# Written like this, a text may hold signs that no row can.
_ESCAPED = re.compile(r"\\u(?:00[01]|[dD][89a-fA-F]|[fF]{3}[efEF])")


class NotJson(ValueError):
    """Text that is neither JSON nor one JSON object a line; `line` is where it breaks."""

    def __init__(self, line: int) -> None:
        super().__init__(str(line))
        self.line = line


def parse(text: str) -> Any:
    """The document, in signs that a row can hold. One object a line (ndjson) gives a list."""
    document = _parsed(text)
    return _storable(document) if _ESCAPED.search(text) else document


def _storable(value: Any) -> Any:
    if isinstance(value, dict):
        return {storable(name): _storable(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_storable(one) for one in value]
    return storable(value) if isinstance(value, str) else value


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except RecursionError:
        raise NotJson(1) from None
    except ValueError as error:
        line = getattr(error, "lineno", 1)
        if not str(error).startswith("Extra data"):
            raise NotJson(line) from None
    entries = []
    for number, row in enumerate(text.splitlines(), 1):
        if row.strip():
            try:
                entries.append(json.loads(row))
            except (ValueError, RecursionError):
                raise NotJson(number) from None
    return entries
