"""What the navigation shows: packages add their entries in `apps.ready()`, the frame draws what exists.

An entry whose package is not installed is not drawn, and neither is one the reader may not open, so that nobody meets a
closed door. The order is fixed here, not by the order of installation: six public words, the same in all languages.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from quartierwerk.web import addresses

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.utils.functional import _StrPromise

PUBLIC_SECTIONS = {
    "offers": _("Offers"),
    "places": _("Places and groups"),
    "calendar": _("Dates"),
    "voices": _("Your voice"),
    "plan": _("Projects"),
    "monitoring": _("Figures"),
}
STAFF_SECTIONS = {
    "today": _("Today"),
    "concept": _("Concept"),
    "steering": _("Steering"),
    "voices": _("Voices"),
    "quarter": _("Quarter"),
    "directory": _("Directory"),
    "money": _("Money"),
    "numbers": _("Figures"),
    "settings": _("Administration"),
}


FOOTER_SECTIONS = {
    "site": _("This site"),
    "partners": _("For organisations and associations"),
}
ACCOUNT_SECTIONS = {"account": _("Account")}

MOST_KNOWN = 2_000  # links as drawn for an address
Target = str | Callable[["HttpRequest"], str]


def everybody(request: HttpRequest) -> bool:
    return True


@dataclass(frozen=True)
class Entry:
    name: str
    target: Target
    section: str
    label: str | _StrPromise
    visible: Callable[[HttpRequest], bool]
    order: int


@dataclass(frozen=True)
class Link:
    """An entry as drawn for one request."""

    label: str
    url: str
    current: bool
    below: tuple[Link, ...] = ()


@dataclass
class Navigation:
    sections: Mapping[str, str | _StrPromise]
    address: Callable[[HttpRequest, str], str]
    entries: dict[str, Entry] = field(default_factory=dict)
    _known: dict[tuple[Any, ...], list[Link]] = field(default_factory=dict, repr=False)

    def add(
        self,
        name: str,
        target: Target,
        *,
        label: str | _StrPromise = "",
        section: str = "",
        visible: Callable[[HttpRequest], bool] = everybody,
        order: int = 0,
    ) -> None:
        """Register a page. Named like a section it is that section's front page, else it stands below `section`.

        target      the address's name, reversed with the reader's municipality (and language), or a callable for others

        Raises ValueError for a name used twice, an unknown section, and a page below a section without a label.
        """
        section = section or name
        if name in self.entries:
            raise ValueError(f"navigation entry {name!r} is registered twice")
        if section not in self.sections:
            raise ValueError(f"navigation has no section {section!r}; it has {', '.join(self.sections)}")
        if name != section and not label:
            raise ValueError(f"navigation entry {name!r} needs a label")
        self.entries[name] = Entry(name, target, section, label or self.sections[section], visible, order)

    def links(self, request: HttpRequest) -> list[Link]:
        """The sections of which the reader may open something; a section leads to its first such page.

        Of whom may open one page in it only, the section has that page's name.

        A page of one record that many kinds share (its history) says by `request.belongs_to`, the address of the
        record's own page, which section it lies in.
        """
        pages = [(entry, self._url(request, entry)) for entry in self._visible(request)]
        path = getattr(request, "belongs_to", "") or request.path
        key = path, get_language(), tuple((entry.name, url) for entry, url in pages)
        if key not in self._known:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            self._known[key] = self._drawn(path, pages)
        return list(self._known[key])

    def _drawn(self, path: str, pages: list[tuple[Entry, str]]) -> list[Link]:
        # The longest address wins: /staff/town/offers/import/ lies within /staff/town/offers/.
        best = max((len(url) for _, url in pages if _is_within(path, url, pages)), default=0)
        drawn = []
        for section, label in self.sections.items():
            here = [(entry, url) for entry, url in pages if entry.section == section]
            below = tuple(
                Link(str(entry.label), url, _is_within(path, url, pages) and len(url) == best)
                for entry, url in here
            )
            if below:
                is_single = len(here) == 1 and here[0][0].name != section
                name = below[0].label if is_single else str(label)
                drawn.append(Link(name, below[0].url, any(page.current for page in below), below))
        return drawn

    def _visible(self, request: HttpRequest) -> list[Entry]:
        return sorted(
            (entry for entry in self.entries.values() if entry.visible(request)),
            key=lambda entry: (entry.name != entry.section, entry.order, entry.name),
        )

    def _url(self, request: HttpRequest, entry: Entry) -> str:
        if isinstance(entry.target, str):
            return self.address(request, entry.target)
        return entry.target(request)


def _is_within(path: str, url: str, pages: list[tuple[Entry, str]]) -> bool:
    """A front page in whose address all others lie (/staff/town/) is nobody's section: it holds itself only."""
    url = url.partition("?")[0]
    if path == url or not url.endswith("/"):
        return path == url
    is_front = len(pages) > 1 and all(other.startswith(url) for _entry, other in pages)
    return path.startswith(url) and not is_front


def _portal_address(request: HttpRequest, url_name: str) -> str:
    return addresses.public(url_name, request, tenant=addresses.whose(request).slug)  # type: ignore[union-attr]


def _staff_address(request: HttpRequest, url_name: str) -> str:
    return addresses.staff(url_name, request)


def _own_address(request: HttpRequest, url_name: str) -> str:
    return reverse(url_name)


public_nav = Navigation(PUBLIC_SECTIONS, _portal_address)
footer_nav = Navigation(FOOTER_SECTIONS, _portal_address)
staff_nav = Navigation(STAFF_SECTIONS, _staff_address)
# A person's own pages belong to no municipality.
account_nav = Navigation(ACCOUNT_SECTIONS, _own_address)
