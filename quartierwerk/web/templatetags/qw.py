"""Building blocks of the pages. The gallery page shows each of them in all its states."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BaseFormSet
from django.template.context import Context
from django.template.engine import Engine
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext

from quartierwerk.languages import tags
from quartierwerk.web import markup
from quartierwerk.web.hits import Hit, Knot
from quartierwerk.web.icons import SPRITE
from quartierwerk.web.markup import one_of
from quartierwerk.web.portal import Filled, home_page

if TYPE_CHECKING:
    from quartierwerk.web.forms_rendering import QuartierwerkBoundField

register = template.Library()

STATES = ("ok", "warn", "bad", "none", "done")
NOTE_KINDS = ("", "ok", "warn")
BUTTON_KINDS = ("primary", "secondary", "tertiary", "voice")


def _reader(context: Context) -> str:
    """The language of the page's frame."""
    frame = context.get("frame")
    return frame.lang if frame else ""


# ---- signs and words -------------------------------------------------------------------------------------------------


icon = register.simple_tag(markup.icon)
bdi = register.simple_tag(markup.bdi)
ltr = register.simple_tag(markup.ltr)
isolated = register.filter(markup.isolated)
untranslated = register.simple_tag(markup.untranslated)
tag = register.simple_tag(markup.tag)
filter_list = register.simple_tag(markup.filter_list)
link_list = register.simple_tag(markup.links, name="link_list")
language_links = register.simple_tag(markup.language_links)


@register.simple_tag
def icon_sprite() -> SafeString:
    return SPRITE


@register.simple_tag(takes_context=True)
def written(context: Context, text: Any) -> SafeString:
    return markup.written(text, _reader(context))


@register.simple_tag
def phone(number: str) -> SafeString:
    """A number as written, to be called by a tap. Only a country code in front makes the call certain from anywhere."""
    dial = re.sub(r"\(0\)|[^\d+]", "", number)
    return format_html('<a href="tel:{}"><span class="qw-ltr">{}</span></a>', dial, number)


@register.simple_tag
def mail(address: str) -> SafeString:
    # Where the line is short it may end at a joint of the address, not within a word.
    parts = re.split(r"(?<=[@.])", address)
    shown = format_html_join(mark_safe("<wbr>"), "{}", ((part,) for part in parts))
    return format_html('<a href="mailto:{}"><span class="qw-ltr">{}</span></a>', address, shown)


@register.simple_tag(takes_context=True)
def in_language(context: Context, text: Any, lang: str) -> SafeString:
    return markup.in_language(text, lang, _reader(context))


@register.filter
def language_names(codes: Iterable[str]) -> str:
    """Languages by the names that readers of this page use."""
    reader = get_language() or "en"
    return ", ".join(tags.name(code, reader) for code in codes)


@register.simple_tag
def state(kind: str, label: str) -> SafeString:
    """Traffic light with shape and word. kind: ok, warn, bad, none (no report), done."""
    one_of(kind, STATES, "state")
    return format_html('<span class="qw-state qw-state--{}">{}{}</span>', kind, icon(f"state-{kind}"), label)


def _button_parts(kind: str, icon_name: str, label: str) -> tuple[str, SafeString]:
    one_of(kind, BUTTON_KINDS, "button")
    classes = "kern-btn--primary qw-btn-voice" if kind == "voice" else f"kern-btn--{kind}"
    sign = icon(icon_name) if icon_name else SafeString("")
    return classes, format_html('{}<span class="kern-label">{}</span>', sign, label)


@register.simple_tag
def button(
    label: str, kind: str = "primary", icon: str = "", type: str = "submit", name: str = "", value: str = ""
) -> SafeString:
    """kind: primary (one a page), secondary, tertiary, voice (only for giving a voice)."""
    classes, inner = _button_parts(kind, icon, label)
    extra = format_html(' name="{}" value="{}"', name, value) if name else ""
    return format_html('<button class="kern-btn {}" type="{}"{}>{}</button>', classes, type, extra, inner)


@register.simple_tag
def link_button(label: str, url: str, kind: str = "secondary", icon: str = "") -> SafeString:
    classes, inner = _button_parts(kind, icon, label)
    return format_html('<a class="kern-btn {}" href="{}">{}</a>', classes, url, inner)


@register.simple_tag
def print_button(label: str = "") -> SafeString:
    """Hidden until the script runs; without it the browser's own print gives the same sheet."""
    _, inner = _button_parts("secondary", "print", label or gettext("Print"))
    return format_html(
        '<button class="kern-btn kern-btn--secondary" type="button" data-print hidden>{}</button>', inner
    )


# ---- blocks around content -------------------------------------------------------------------------------------------


@register.simple_block_tag
def note(content: str, kind: str = "", title: str = "") -> SafeString:
    """{% note "warn" title=_("Older than 6 months.") %}…{% endnote %}: calm notice; the title opens its sentence."""
    one_of(kind, NOTE_KINDS, "note")
    lead = format_html("<b>{}</b> ", title) if title else ""
    return format_html(
        '<div class="qw-note{}"><p>{}{}</p></div>',
        f" qw-note--{kind}" if kind else "",
        lead,
        SafeString(content.strip()),
    )


@register.simple_block_tag
def scroll(content: str, label: str) -> SafeString:
    """Region that scrolls sideways by itself, so that a wide table never widens the page."""
    return format_html(
        '<div class="qw-scroll" role="region" aria-label="{}" tabindex="0">{}</div>', label, content
    )


@register.simple_block_tag
def panel(content: str, id: str, title: str, url: str = "", more: str = "") -> SafeString:
    """Section of a work page: line, heading, a link to everything, content."""
    link = format_html('<a href="{}">{}</a>', url, more) if url else ""
    return format_html(
        '<section class="qw-panel" aria-labelledby="{0}"><header><h2 id="{0}">{1}</h2>{2}</header>{3}</section>',
        id,
        title,
        link,
        content,
    )


@register.simple_block_tag
def voice_box(content: str, title: str, url: str = "", action: str = "", level: int = 2) -> SafeString:
    """Anything that comes from people or goes back to them; `action` is the button's word."""
    go = format_html("<p>{}</p>", link_button(action, url, kind="voice")) if url else ""
    return format_html(
        '<section class="qw-voice qw-no-print"><h{0} class="qw-h3">{1} {2}</h{0}>{3}{4}</section>',
        level,
        icon("voice"),
        title,
        content,
        go,
    )


# ---- where one is, where one can go ------------------------------------------------------------------------------------


@register.inclusion_tag("web/parts/breadcrumbs.html", takes_context=True)
def breadcrumbs(
    context: Context, crumbs: Iterable[tuple[str, str]] | None, start: bool = True
) -> dict[str, Any]:
    """crumbs: pairs (label, url), the last one, with url "", being the page itself. `start` puts the portal in front."""
    steps = [(str(label), str(url)) for label, url in crumbs or ()]
    here = steps[-1][0] if steps else ""
    return {"frame": context.get("frame"), "steps": steps[:-1], "here": here, "start": start}


def with_query(request: Any, **changes: Any) -> str:
    """The request's own query with some values changed; None takes one away."""
    query = request.GET.copy()
    for key, value in changes.items():
        query.pop(key, None)
        if value is not None:
            query[key] = value
    return f"?{query.urlencode()}" if query else request.path


@register.simple_tag(takes_context=True)
def pagination(context: Context, page: Page, param: str = "page") -> SafeString:
    """Links of a `Page`, keeping the rest of the query; nothing when there is but one."""
    rest = with_query(context["request"], **{param: None})

    def url(number: int) -> str:
        if number == 1:
            return rest
        return f"{rest}&{param}={number}" if rest.startswith("?") else f"?{param}={number}"

    return markup.pagination(page, url)


@register.inclusion_tag("web/parts/tabs.html")
def tabs(label: str, items: Iterable[tuple[str, str, bool]]) -> dict[str, Any]:
    """Up to four sibling views as links. items: (label, url, current)."""
    return {"label": label, "items": list(items)}


@register.inclusion_tag("web/parts/empty.html", takes_context=True)
def empty_state(
    context: Context, title: str, text: str = "", ways: Iterable[Mapping[str, str] | tuple[str, ...]] = ()
) -> dict[str, Any]:
    """An empty list that goes on. ways: (label, url) or (label, url, what one finds there), best three."""
    steps = [(*way, "")[:3] if isinstance(way, tuple) else way for way in ways]
    return {"frame": context.get("frame"), "title": title, "text": text, "ways": steps}


# ---- records -----------------------------------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def facts(context: Context, items: Iterable[tuple[str, Any]]) -> SafeString:
    return markup.facts(items, _reader(context))


@register.simple_tag(takes_context=True)
def hit(context: Context, entry: Hit, level: int = 3) -> SafeString:
    return markup.hit(entry, _reader(context), level)


@register.inclusion_tag("web/parts/chain.html")
def chain(knots: Iterable[Knot], column: bool = False) -> dict[str, Any]:
    """From voice to answer: across for staff, down (`column`) for the public. The way to an open link is dotted."""
    row = list(knots)
    following = [*row[1:], None]
    return {
        "column": column,
        "links": [(knot, bool(after and after.is_open)) for knot, after in zip(row, following, strict=True)],
    }


@register.inclusion_tag("web/parts/dl.html")
def facts_list(items: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Facts of a record. items: (term, text or a list of lines); empty ones are left out."""
    rows = [(term, list(text) if isinstance(text, list | tuple) else [text]) for term, text in items if text]
    return {"rows": rows}


@register.inclusion_tag("web/parts/files.html")
def file_list(files: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """files: mappings with name, url, kind ("PDF"), and optionally size (bytes), lang, remove_url."""
    return {"files": list(files)}


@register.simple_tag(takes_context=True)
def contact_box(context: Context, contact: Any = None, title: str = "", level: int = 2) -> SafeString:
    """A human being with phone and hours; without `contact` the municipality's. Attributes as `context.Contact`."""
    frame = context.get("frame")
    if contact or frame is None:
        return _contact_box(contact, title, level)
    frame.contact_is_shown = True  # the footer need not repeat it
    if title:
        return _contact_box(frame.contact, title, level)
    return _office_box(frame.contact, level, get_language())


def _contact_box(contact: Any, title: str, level: int) -> SafeString:
    template = Engine.get_default().get_template("web/parts/contact.html")
    title = title or gettext("A person can help")
    return template.render(Context({"contact": contact, "title": title, "level": level}))


@lru_cache(maxsize=500)
def _office_box(contact: Any, level: int, _language: str | None) -> SafeString:
    """The municipality's: the same on all its pages."""
    return _contact_box(contact, "", level)


@register.inclusion_tag("web/parts/meter.html")
def meter(percent: float, kind: str = "") -> dict[str, Any]:
    """Bar beside a number that says the same; hidden from screen readers. kind: "", warn, bad."""
    return {"percent": max(0, min(100, round(percent))), "kind": one_of(kind, ("", "warn", "bad"), "meter")}


# ---- forms -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Fault:
    target: str
    """Id of the field; empty where the fault belongs to no visible field."""
    words: str


def _in_one_line(label: str, message: str) -> str:
    """A label that is a sentence takes no colon: "Which page?: …" reads badly."""
    return f"{label} {message}" if label[-1:] in "?؟!.…:" else f"{label}: {message}"


def _faults(form: BaseForm) -> list[Fault]:
    found = [Fault("", str(message)) for message in form.non_field_errors()]
    for name in form.errors:
        if name not in form.fields:
            continue
        field = cast("QuartierwerkBoundField", form[name])
        for line in field.error_lines:
            if field.is_hidden:
                found.append(Fault("", line))
            else:
                found.append(Fault(field.focus_id, _in_one_line(str(field.label), line)))
    return found


@register.inclusion_tag("web/forms/summary.html")
def error_summary(*forms: BaseForm | BaseFormSet | list[BaseForm], title: str = "") -> dict[str, Any]:
    """What is missing in one or several forms, each a link to its field. Nothing when all is well."""
    faults: list[Fault] = []
    for form in forms:
        if isinstance(form, list):
            faults += [fault for one in form if one.is_bound for fault in _faults(one)]
        elif isinstance(form, BaseFormSet):
            faults += [Fault("", str(message)) for message in form.non_form_errors()]
            faults += [fault for one in form.forms for fault in _faults(one)]
        elif form.is_bound:
            faults += _faults(form)
    count = len(faults)
    heading = title or ngettext(
        "Not saved yet: please look at %(count)d place",
        "Not saved yet: please look at %(count)d places",
        count,
    ) % {"count": count}
    # No browser sends a chosen file back into the page: of such a form not everything is still there.
    keeps = not any(
        one.is_multipart() for form in forms for one in (form if isinstance(form, list) else [form])
    )
    return {"faults": faults, "heading": heading, "keeps": keeps}


# ---- home page -----------------------------------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def home_blocks(context: Context) -> dict[str, Filled]:
    return home_page.filled(context["request"])


@register.simple_tag(takes_context=True)
def draw(context: Context, block: Filled | None) -> SafeString | str:
    """One block of the home page, or nothing."""
    if not block:
        return ""
    with context.push(**block.values):
        return Engine.get_default().get_template(block.template).render(context)
