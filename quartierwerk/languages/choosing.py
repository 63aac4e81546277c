"""Which language a page is shown in: the frame (menus, labels) and the text may differ (design, "Languages")."""

from collections.abc import Iterable

from .interface import BY_CODE
from .tags import interface_language

DEFAULT = "de"


def frame_language(tag: str) -> str:
    """The interface language around contents in `tag`: itself, a near one its readers know, else German."""
    return tag if tag in BY_CODE else interface_language(tag, default=DEFAULT)


def is_readable(tag: str, tenant_languages: Iterable[str]) -> bool:
    """Whether a portal answers in this language: the interface speaks it, or the municipality writes in it."""
    return tag in BY_CODE or tag in {language.lower() for language in tenant_languages}


def best_for(accept_language: str) -> str:
    """The interface language a browser asks for (RFC 9110 §12.5.4); German where it asks for none we speak."""
    wishes: list[tuple[float, int, str]] = []
    for place, part in enumerate(accept_language.split(",")[:20]):
        tag, _, weight = part.strip().partition(";q=")
        try:
            quality = float(weight) if weight else 1.0
        except ValueError:
            continue
        if tag and quality > 0:
            wishes.append((-quality, place, tag.strip().lower()))
    for _quality, _place, tag in sorted(wishes):
        for candidate in (tag, tag.split("-", 1)[0]):
            if candidate in BY_CODE:
                return candidate
    return DEFAULT
