"""Small pieces of pages as functions: templates reach them as tags of `qw`, long lists call them without a template.

A list prints some three hundred of these; as templates they cost more than everything else of the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, Any, Protocol

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from quartierwerk.languages.interface import BY_CODE
from quartierwerk.languages.isolation import pieces
from quartierwerk.languages.tags import direction
from quartierwerk.web.icons import DIRECTIONAL, ICONS

if TYPE_CHECKING:
    from django.core.paginator import Page

    from quartierwerk.web.context import LanguageLink
    from quartierwerk.web.hits import Hit
    from quartierwerk.web.navigation import Link

TAG_KINDS = ("", "ok", "warn", "bad", "voice")


class Choice(Protocol):
    """An option of a select."""

    @property
    def value(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def is_chosen(self) -> bool: ...


def one_of(value: str, allowed: Iterable[str], what: str) -> str:
    if value not in allowed:
        raise ValueError(f"{what} {value!r} does not exist; there are: {', '.join(map(repr, allowed))}")
    return value


def _safe(text: Any) -> str:
    """Text as it may stand in markup and within the quotes of an attribute."""
    return escape(text) if type(text) is str else conditional_escape(text)


def icon(name: str, label: str = "") -> SafeString:
    """An outline icon beside a word; `label` only where no word stands beside. Arrows turn from right to left."""
    return _icon(name, str(label))


@lru_cache(maxsize=1000)
def _icon(name: str, label: str) -> SafeString:
    one_of(name, ICONS, "icon")
    classes = "qw-icon qw-icon--turn" if name in DIRECTIONAL else "qw-icon"
    role = f'role="img" aria-label="{_safe(label)}"' if label else 'aria-hidden="true"'
    return SafeString(f'<svg class="{classes}" viewBox="0 0 24 24" {role}><use href="#i-{name}"/></svg>')


def bdi(text: Any, lang: str = "de") -> SafeString:
    """A name, street or title of its own language within a sentence of any direction."""
    return SafeString(f'<bdi lang="{_safe(lang)}">{_safe(text)}</bdi>')


def ltr(text: Any) -> SafeString:
    """Times, amounts, numbers: read from left to right also within Arabic."""
    return SafeString(f'<span class="qw-ltr">{_safe(text)}</span>')


def isolated(text: Any) -> SafeString:
    """Text somebody wrote; where it is read from right to left, its times and phone numbers keep their order."""
    if getattr(text, "dir", "") != "rtl":
        return SafeString(_safe(text))
    return SafeString(
        "".join(ltr(piece) if in_order else _safe(piece) for piece, in_order in pieces(str(text)))
    )


def written(text: Any, reader: str) -> SafeString:
    """A text as shown (`languages.showing`) in a line: its order kept, marked where it is not in the reader's language."""
    lang, inside = getattr(text, "language", ""), isolated(text)
    if not lang or lang == reader:
        return inside
    return SafeString(f'<bdi lang="{_safe(lang)}" dir="{direction(lang)}">{inside}</bdi>')


def in_language(text: Any, lang: str, reader: str) -> SafeString:
    """Text somebody wrote, marked with its language where that is not the reader's."""
    if lang == reader:
        return SafeString(_safe(text))
    return SafeString(f'<bdi lang="{_safe(lang)}" dir="{direction(lang)}">{_safe(text)}</bdi>')


def untranslated(lang: str) -> SafeString:
    """Visible note that a text stands in its source language."""
    language = BY_CODE.get(lang)
    name, code = (language.autonym, language.autonym_lang) if language else (lang, lang)
    words = _safe(gettext("Not translated yet. The text is in:"))
    return SafeString(f'<span class="qw-tag qw-tag--warn">{words} {bdi(name, code)}</span>')


def tag(label: str, kind: str = "") -> SafeString:
    """A short attribute. kind: "", ok, warn, bad, voice."""
    one_of(kind, TAG_KINDS, "tag")
    classes = f"qw-tag qw-tag--{kind}" if kind else "qw-tag"
    return SafeString(f'<span class="{classes}">{_safe(label)}</span>')


def filter_list(name: str, label: str, options: Iterable[Choice]) -> SafeString:
    """A filter of which one may be chosen, with its label."""
    rows = "".join(
        f'<option value="{_safe(one.value)}"{" selected" if one.is_chosen else ""}>{_safe(one.label)}</option>'
        for one in options
    )
    return SafeString(
        f'<div><label for="f-{name}">{_safe(label)}</label>'
        f'<select class="qw-select" id="f-{name}" name="{name}">{rows}</select></div>'
    )


def links(entries: Iterable[Link], path: str = "") -> SafeString:
    """Links of a navigation. path: the page's own, where the one that leads to it is to be marked."""
    rows = []
    for link in entries:
        mark = f' aria-current="{"page" if link.url == path else "true"}"' if path and link.current else ""
        rows.append(f'<li><a href="{_safe(link.url)}"{mark}>{_safe(link.label)}</a></li>')
    return SafeString(f'<ul class="qw-plain">{"".join(rows)}</ul>')


def language_links(languages: Iterable[LanguageLink]) -> SafeString:
    """The same page in other languages, each named in itself."""
    rows = []
    for one in languages:
        mark = ' aria-current="true"' if one.current else ""
        spoken = f'lang="{one.autonym_lang}" hreflang="{one.code}" dir="{one.dir}"'
        rows.append(f'<li><a href="{_safe(one.url)}" {spoken}{mark}>{_safe(one.autonym)}</a></li>')
    return SafeString("\n".join(rows))


def pagination(page: Page, url: Callable[[int], str]) -> SafeString:
    """Links to the pages of a list and their neighbours; nothing when there is but one."""
    if page.paginator.num_pages < 2:
        return SafeString("")
    rows = []
    if page.has_previous():
        rows.append(
            f'<li><a href="{_safe(url(page.number - 1))}" rel="prev">{_safe(gettext("Back"))}</a></li>'
        )
    for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1):
        if not isinstance(number, int):
            rows.append("<li><span>…</span></li>")
            continue
        mark = ' aria-current="page"' if number == page.number else ""
        name = _safe(gettext("Page %(number)s") % {"number": number})
        rows.append(f'<li><a href="{_safe(url(number))}"{mark} aria-label="{name}">{number}</a></li>')
    if page.has_next():
        rows.append(
            f'<li><a href="{_safe(url(page.number + 1))}" rel="next">{_safe(gettext("Next"))}</a></li>'
        )
    label = _safe(gettext("Pages"))
    return SafeString(
        f'<nav class="qw-pages" aria-label="{label}"><ul class="qw-plain">{"".join(rows)}</ul></nav>'
    )


def facts(items: Iterable[tuple[str, Any]], reader: str) -> SafeString:
    """Icon facts of a hit. items: (icon, text); an empty text is left out, unknown facts are not guessed."""
    rows = [f"<li>{icon(name)}<span>{written(text, reader)}</span></li>" for name, text in items if text]
    return SafeString(f'<ul class="qw-facts">{"".join(rows)}</ul>' if rows else "")


def hit(entry: Hit, reader: str, level: int = 3) -> SafeString:
    """One result as `<li>` of an `<ol class="qw-hits">`."""
    pin = f'<span class="qw-pin" aria-hidden="true">{entry.number}</span>' if entry.number else ""
    title = in_language(entry.title, entry.lang, reader) if entry.lang else _safe(entry.title)
    parts = [
        f'<li class="qw-hit"><h{level} class="qw-h3">{pin}<a href="{_safe(entry.url)}">{title}</a></h{level}>'
    ]
    if entry.untranslated:
        parts.append(f"<p>{untranslated(entry.lang)}</p>")
    if names := [bdi(name) for name in (entry.by, entry.place) if name]:
        parts.append(f"<p>{' · '.join(names)}</p>")
    parts.append(facts(entry.facts, reader))
    if entry.tags:
        parts.append(f'<p class="qw-row">{" ".join(tag(label, kind) for label, kind in entry.tags)}</p>')
    if entry.why or entry.freshness:
        parts.append(f'<p class="qw-why">{_why(entry.why)}{_safe(entry.freshness)}</p>')
    return SafeString("\n".join(part for part in parts if part) + "</li>")


def _why(reasons: Sequence[tuple[str, str]]) -> str:
    if not reasons:
        return ""
    words = ", ".join(f"<b><bdi>{_safe(word)}</bdi></b> {_safe(where)}" for word, where in reasons)
    return f"{_safe(gettext('Why found:'))} {words}. "
