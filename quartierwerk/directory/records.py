from collections.abc import Callable
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from quartierwerk.privacy.registry import DataClass, Lessening, Retention, TenantExport, register
from quartierwerk.tenants.models import Visibility

from .models import (
    ConfirmationLink,
    Contact,
    ListChange,
    Location,
    LocationSchedule,
    Moved,
    Offer,
    OfferBarrier,
    OfferedAt,
    OfferSchedule,
    OfferText,
    Organisation,
    OrganisationContact,
    OrganisationText,
    PendingChange,
    Registration,
    SentToMany,
    UnreachableLink,
    ViewCount,
    Wish,
)


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


def forget_person(contact: Contact | OrganisationContact) -> None:
    """The record keeps a function to ask for; the person's name and own addresses go."""
    contact.name = contact.phone = contact.email = ""
    contact.account_id = None
    contact.save(update_fields=["name", "phone", "email", "account_id"])


def not_shown_any_more(
    model: type[Contact | OrganisationContact], parent: str
) -> Callable[[datetime], QuerySet]:
    """A contact of a record that nobody has been shown for a year serves nobody any more."""

    def due(before: datetime) -> QuerySet:
        hidden = model.objects.exclude(**{f"{parent}__visibility": Visibility.PUBLIC})
        old = hidden.filter(**{f"{parent}__changed_at__lt": before})
        return old.exclude(name="", phone="", email="", account_id=None)

    return due


REACHABLE = {
    "default": DataClass.PUBLIC,
    "fields": dict.fromkeys(("name", "phone", "email", "account_id"), DataClass.PERSONAL),
    "person": "account_id",
    "retention": Retention.CONTACT_PERSON,
    "erase": forget_person,
    "emptied_when_due": True,
    "mail": "email",
}

register(
    Contact,
    purpose=_("Whom one asks about an offer"),
    factory="quartierwerk.directory.tests.factories:contact",
    due=not_shown_any_more(Contact, "offer"),
    **REACHABLE,
)
register(
    OrganisationContact,
    purpose=_("Whom one asks at an organisation, for which programme"),
    factory="quartierwerk.directory.tests.factories:organisation_contact",
    due=not_shown_any_more(OrganisationContact, "organisation"),
    **REACHABLE,
)


def forget_columns_of_place(held: OfferedAt) -> None:
    held.kept_columns = {}
    held.save(update_fields=["kept_columns"])


register(OfferSchedule, purpose=_("When an offer takes place"), default=DataClass.PUBLIC)
register(LocationSchedule, purpose=_("When a location is open"), default=DataClass.PUBLIC)
register(
    OfferedAt,
    purpose=_("Where an offer is held"),
    factory="quartierwerk.directory.tests.factories:offered_at_of_list",
    due=lambda before: (
        OfferedAt.objects.exclude(offer__visibility=Visibility.PUBLIC)
        .filter(offer__changed_at__lt=before)
        .exclude(kept_columns={})
    ),
    **LOOSE | {"erase": forget_columns_of_place},
)

# What visitors leave.
register(
    Registration,
    purpose=_("Giving places in courses, groups and sport in the order in which people asked"),
    default=DataClass.INTERNAL,
    fields=dict.fromkeys(("name", "reach", "language", "children", "note"), DataClass.PERSONAL),
    withheld={"code_hash": _("a secret")},
    mail="reach",
    retention=Retention.ENQUIRY,
    starts="last_contact_at",
    factory="quartierwerk.directory.tests.factories:registration",
)


def forget_words_of_barrier(barrier: OfferBarrier) -> None:
    """Kind and day stay, so that the count stays true."""
    barrier.text = ""
    barrier.save(update_fields=["text"])


register(
    OfferBarrier,
    purpose=_("Mending what keeps people from using an offer"),
    default=DataClass.INTERNAL,
    fields={"text": DataClass.PERSONAL},
    no_person=_("No name and no way to an answer is asked for; the words may still tell of somebody."),
    retention=Retention.ENQUIRY,
    due=lambda before: OfferBarrier.objects.filter(reported_at__lt=before).exclude(text=""),
    erase=forget_words_of_barrier,
    emptied_when_due=True,
    factory="quartierwerk.directory.tests.factories:barrier",
)


def forget_wish(wish: Wish) -> None:
    """What was missing, in topic and quarter, stays countable, and the chain keeps its way; the words go."""
    wish.words = wish.reach = ""
    wish.save(update_fields=["words", "reach"])


register(
    Wish,
    purpose=_("Learning what is missing, and answering those who said so"),
    default=DataClass.INTERNAL,
    fields={"words": DataClass.PERSONAL, "reach": DataClass.PERSONAL},
    mail="reach",
    retention=Retention.PARTICIPATION,
    due=lambda before: Wish.objects.filter(answered_at__lt=before).exclude(words="", reach=""),
    erase=forget_wish,
    emptied_when_due=True,
    factory="quartierwerk.directory.tests.factories:wish",
    lessenings=(
        Lessening(
            "way to answer a wish",
            after=timedelta(days=183),
            rows=lambda before: Wish.objects.filter(asked_at__lt=before).exclude(reach=""),
            values=lambda: {"reach": ""},
        ),
    ),
)

# How the directory stays true.
register(
    ConfirmationLink,
    purpose=_("An organisation says with one click that its entries are still true"),
    default=DataClass.INTERNAL,
    withheld={"token_hash": _("a secret")},
    retention=Retention.INVITATION,
    starts="valid_until",
)
register(
    PendingChange,
    purpose=_("Checking what organisations change before it shows"),
    default=DataClass.INTERNAL,
    fields={"fields": DataClass.PERSONAL},
    mail="fields",
    retention=Retention.INVITATION,
    starts="decided_at",
    factory="quartierwerk.directory.tests.factories:pending_change",
)
register(
    ViewCount,
    purpose=_("Organisations see how often their offers are read"),
    default=DataClass.INTERNAL,
    factory="quartierwerk.directory.tests.factories:view_count",
)


def forget_text(sent: SentToMany) -> None:
    """That it was sent, when and to how many stays; the words go with the mails themselves."""
    sent.text = ""
    sent.save(update_fields=["text"])


register(
    SentToMany,
    purpose=_("Colleagues see what was written to organisations, and nobody writes twice"),
    default=DataClass.INTERNAL,
    fields={"text": DataClass.PERSONAL},
    no_person=_("Written to organisations, and to whom is not kept here; the words may still name somebody."),
    retention=Retention.SENT_MAIL,
    due=lambda before: SentToMany.objects.filter(sent_at__lt=before).exclude(text=""),
    erase=forget_text,
    emptied_when_due=True,
    factory="quartierwerk.directory.tests.factories:sent_to_many",
)
register(
    Moved,
    purpose=_("Old addresses lead on after merging"),
    default=DataClass.PUBLIC,
    factory="quartierwerk.directory.tests.factories:moved",
)
register(UnreachableLink, purpose=_("Mending websites that do not answer"), default=DataClass.INTERNAL)
register(
    ListChange,
    purpose=_("When lists must be read anew; numbers only"),
    default=DataClass.INTERNAL,
    export=TenantExport.NOT,
)
