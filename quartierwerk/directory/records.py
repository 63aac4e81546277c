from collections.abc import Callable
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from quartierwerk.privacy.registry import DataClass, Retention, register
from quartierwerk.tenants.models import Visibility

from .models import Contact, Location, Offer, OfferText, Organisation, OrganisationText


def forget_columns(record: Organisation | Location | Offer) -> None:
    """What a list brought along beside our fields goes; the public record stays, and that a list had ended it."""
    ended = record.kept_columns.get("status") == "inactive"
    record.kept_columns = ENDED if ended else {}
    record.save(update_fields=["kept_columns"])


def kept_too_long(
    model: type[Organisation | Location | Offer], changed: str
) -> Callable[[datetime], QuerySet]:
    def due(before: datetime) -> QuerySet:
        hidden = model.objects.exclude(visibility=Visibility.PUBLIC).filter(**{f"{changed}__lt": before})
        return hidden.exclude(kept_columns={}).exclude(kept_columns=ENDED)

    return due


ENDED = {"status": "inactive"}
# Nobody has looked at the columns of a list that no field takes: they may name anybody.
LOOSE = {
    "default": DataClass.PUBLIC,
    "fields": {"kept_columns": DataClass.PERSONAL},
    "mail": "kept_columns",
    "withheld": {"kept_columns": _("concerns somebody else")},
    "retention": Retention.CONTACT_PERSON,
    "erase": forget_columns,
    "emptied_when_due": True,
}

register(
    Organisation,
    purpose=_("Residents and colleagues find who does what"),
    factory="quartierwerk.directory.tests.factories:organisation_of_list",
    due=kept_too_long(Organisation, "changed_at"),
    **LOOSE,
)
register(OrganisationText, purpose=_("The same in other languages"), default=DataClass.PUBLIC)
register(
    Location,
    purpose=_("Where an organisation can be met"),
    factory="quartierwerk.directory.tests.factories:location_of_list",
    due=kept_too_long(Location, "organisation__changed_at"),
    **LOOSE,
)
register(
    Offer,
    purpose=_("Residents find help"),
    factory="quartierwerk.directory.tests.factories:offer_of_list",
    due=kept_too_long(Offer, "changed_at"),
    **LOOSE,
)
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
