import re

PLACEHOLDER = re.compile(r"\[[^\]\n]*\]?")


def left_to_fill(text: str) -> list[str]:
    """What still stands in square brackets: the skeleton's gaps, in their order."""
    return list(dict.fromkeys(PLACEHOLDER.findall(text)))
