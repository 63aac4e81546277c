"""The offer as one printable sheet: the same facts as on the page, in the reader's language."""

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

from .pages import OfferPage, names_of


def _words(shown: Shown, text: str) -> Text:
    """In their language; within Arabic and the like times and phone numbers keep their order."""
    if shown.dir != "rtl":
        return Span(text, lang=shown.language)
    return tuple(
        left_to_right(piece) if in_order else Span(piece, lang=shown.language)
        for piece, in_order in pieces(text)
    )


def offer_sheet(shown: OfferPage, request) -> Document:
    """Everything needed to go there, with its date and the address of the newest state."""
    offer, texts = shown.offer, shown.texts
    facts: list[tuple] = []
    if texts["hours"]:
        facts.append(
            (
                _("When"),
                [_words(texts["hours"], line) for line in texts["hours"].text.splitlines()],
            )
        )
    if offer.address:
        facts.append((_("Where"), [german(line) for line in address_lines(offer)]))
    facts.append(
        (
            _("Languages spoken"),
            names_of(offer.languages_spoken, request.lang) if offer.languages_spoken else _("not known yet"),
        )
    )
    if texts["cost"]:
        facts.append((_("Cost"), _words(texts["cost"], texts["cost"].text)))
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
            Paragraph(_words(texts["description"], part), "lead" if first == 0 else "body")
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
        for contact in shown.contacts
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


def address_lines(offer) -> list[str]:
    address = offer.address
    lines = [address.name, address.street, address.detail, f"{address.postcode} {address.town}".strip()]
    if address.space:
        lines.append(address.space.name)
    return [line for line in lines if line]
