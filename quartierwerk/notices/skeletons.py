"""What a new text begins with: the parts the law asks for, and gaps in square brackets that the municipality fills.

The software knows what it does with data and says so on the privacy page by itself; it cannot know who answers for it.
"""

from django.utils.translation import gettext, override

from quartierwerk.languages.choosing import frame_language
from quartierwerk.tenants.models import Tenant

from .models import Notice


def skeleton(kind: str, tenant: Tenant) -> str:
    """In the language that the municipality writes in."""
    with override(frame_language(tenant.source_language)):
        return {Notice.Kind.IMPRINT: _imprint, Notice.Kind.PRIVACY: _privacy}[Notice.Kind(kind)](tenant)


def _imprint(tenant: Tenant) -> str:
    known = [tenant.contact_office, tenant.contact_phone, tenant.contact_email]
    return gettext(
        "%(place)s\n"
        "[Street and number, postcode and town]\n\n"
        "Represented by: [name and office of the person who represents the municipality]\n\n"
        "%(contact)s\n\n"
        "Responsible for the content: [name and address]\n\n"
        "Supervisory authority: [name of the authority]\n\n"
        "VAT number, if there is one: [number, or delete this line]"
    ) % {
        "place": tenant.name,
        "contact": "\n".join(filter(None, known)) or gettext("[office, phone number and mail address]"),
    }


def _privacy(tenant: Tenant) -> str:
    return gettext(
        "Responsible for the data on these pages: %(place)s, [street and number, postcode and town]\n\n"
        "Data-protection officer: [office, phone number and mail address]\n\n"
        "Where these pages run: [name and place of the data centre]\n\n"
        "Legal reason: [for example the law by which the municipality informs its residents]\n\n"
        "Supervisory authority: [name and address of the data-protection authority of the federal state]"
    ) % {"place": tenant.name}
