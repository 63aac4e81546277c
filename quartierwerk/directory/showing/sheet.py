"""The offer as one printable sheet: the same facts as on the page, in the reader's language."""

from dataclasses import replace

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from quartierwerk.documents.content import (
    Contact,
    Document,
    Facts,
    Note,
    Paragraph,
    Span,
    Text,
    german,
    left_to_right,
)
from quartierwerk.languages import tags
from quartierwerk.languages.isolation import pieces
from quartierwerk.languages.showing import Shown

from .offer_page import OfferPage


def _words(shown: Shown) -> Text:
    """In their language; within Arabic and the like times and phone numbers keep their order."""
    if shown.dir != "rtl":
        return Span(shown.text, lang=shown.language)
    return tuple(
        left_to_right(piece) if in_order else Span(piece, lang=shown.language)
        for piece, in_order in pieces(shown.text)
    )


def offer_sheet(shown: OfferPage, request) -> Document:
    """Everything needed to go there, with its date and the address of the newest state."""
    offer, texts = shown.offer, shown.texts
    facts: list[tuple] = []
    for fact in shown.facts:
        lines = [replace(text, text=line) for text in fact.texts for line in text.text.splitlines()]
        facts.append((fact.label, [german(one.text) if fact.is_german else _words(one) for one in lines]))
    facts.append((_("Offered by"), german(offer.organisation.name)))
    if offer.website:
        facts.append((_("Website"), left_to_right(offer.website)))
    blocks: list = []
    if shown.fallbacks:
        languages = ", ".join(sorted({tags.name(one.language, request.lang) for one in shown.fallbacks}))
        blocks.append(
            Note(_("Some texts exist only in this language: %(languages)s") % {"languages": languages})
        )
    if texts["description"]:
        blocks += [
            Paragraph(_words(replace(texts["description"], text=part)), "lead" if first == 0 else "body")
            for first, part in enumerate(texts["description"].text.split("\n\n"))
            if part.strip()
        ]
    if any(one.is_machine for one in texts.values()):
        blocks.append(Note(_("Translated by a machine, not yet checked by a person.")))
    blocks.append(Facts(facts))
    blocks += [
        Contact(
            heading=_("Contact"),
            name=german(contact.name or contact.function) if contact.name or contact.function else "",
            lines=[german(contact.function)] if contact.name and contact.function else [],
            phone=contact.phone,
            email=contact.email,
            hours=german(contact.hours) if contact.hours else "",
        )
        for contact in (person.contact for person in shown.persons)
    ]
    day = date_format(timezone.localdate(offer.changed_at), "DATE_FORMAT")
    return Document(
        title=texts["title"].text,
        lang=request.lang,
        blocks=blocks,
        publisher=german(request.tenant.name),
        notice=_("Example town: people, offers and figures on these pages are invented.")
        if request.tenant.is_example
        else "",
        date=_("As of %(day)s.") % {"day": day},
        address=request.build_absolute_uri(request.path.removesuffix("sheet.pdf")),
        show_code=True,
    )
