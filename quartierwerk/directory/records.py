from django.utils.translation import gettext_lazy as _

from quartierwerk.privacy.registry import DataClass, Retention, register
from quartierwerk.tenants.models import Visibility

from .models import Contact, Location, Offer, OfferText, Organisation, OrganisationText

register(Organisation, purpose=_("Residents and colleagues find who does what"), default=DataClass.PUBLIC)
register(OrganisationText, purpose=_("The same in other languages"), default=DataClass.PUBLIC)
register(Location, purpose=_("Where an organisation can be met"), default=DataClass.PUBLIC)
register(Offer, purpose=_("Residents find help"), default=DataClass.PUBLIC)
register(OfferText, purpose=_("The same in other languages"), default=DataClass.PUBLIC)


def forget_person(contact: Contact) -> None:
    """The offer keeps a way to be reached; the person's name and own addresses go."""
    contact.name = contact.phone = contact.email = ""
    contact.account_id = None
    contact.save(update_fields=["name", "phone", "email", "account_id"])


register(
    Contact,
    purpose=_("Whom one asks about an offer"),
    default=DataClass.PUBLIC,
    fields=dict.fromkeys(("name", "phone", "email", "account_id"), DataClass.PERSONAL),
    person="account_id",
    retention=Retention.CONTACT_PERSON,
    factory="quartierwerk.directory.tests.factories:contact",
    erase=forget_person,
    emptied_when_due=True,
    # A contact of an offer that nobody has been shown for a year serves nobody any more.
    due=lambda before: (
        Contact.objects.exclude(offer__visibility=Visibility.PUBLIC)
        .filter(offer__changed_at__lt=before)
        .exclude(name="", phone="", email="", account_id=None)
    ),
    mail="email",
)
