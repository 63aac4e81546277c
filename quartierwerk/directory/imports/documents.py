"""A JSON text as a document; one object a line (ndjson) gives a list."""

import json
from typing import Any


class NotJson(ValueError):
    """Text that is neither JSON nor one JSON object a line; `line` is where it breaks."""

    def __init__(self, line: int) -> None:
        super().__init__(str(line))
        self.line = line


def parse(text: str) -> Any:
    """The document. One object a line (ndjson) gives a list."""
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
