"""Times, phone numbers and amounts within Arabic or Persian text, which must keep their order (W1.5).

A single number needs nothing. Several, joined by signs ("9:00–12:15", "0511 000 77 10"), would change places.
"""

import re

# European digits only: ranges in Arabic or Persian digits are read from right to left, as their readers do.
_ORDERED = re.compile(
    r"\+?[0-9]+(?:[ \u00a0]?[:.,/()–—‑-][ \u00a0]?[0-9]+|[ \u00a0][0-9]+)+|\+[0-9]+|[0-9]+[ \u00a0]?€"
)


def pieces(text: str) -> list[tuple[str, bool]]:
    """The text in order, cut into (piece, whether it must be kept from left to right)."""
    found: list[tuple[str, bool]] = []
    end = 0
    for match in _ORDERED.finditer(text):
        if match.start() > end:
            found.append((text[end : match.start()], False))
        found.append((match[0], True))
        end = match.end()
    if end < len(text):
        found.append((text[end:], False))
    return found
