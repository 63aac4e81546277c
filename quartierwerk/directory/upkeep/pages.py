"""What the pages of confirming show."""

from collections.abc import Mapping
from uuid import UUID

from django.db.models import Count, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from quartierwerk.messages.models import Outgoing
from quartierwerk.tenants.models import Visibility

from ..models import ConfirmationLink, Offer, Organisation
from .actions import Answer
from .rules import Step

# What waits longest for somebody's hand stands first.
ORDER = (
    Step.PHONE,
    Step.HIDDEN,
    Step.UNCONFIRMED,
    Step.REMINDED_TWICE,
    Step.REMINDED,
    Step.ASKED,
    Step.CONFIRMED,
)


def shown_offers(organisation: Organisation) -> list[Offer]:
    """What visitors read under an organisation's name, or did before silence hid it: nothing else is told to whoever
    holds the link."""
    is_shown = Q(visibility=Visibility.PUBLIC) | Q(unconfirmed_since__isnull=False)
    return list(organisation.offers.filter(is_shown).order_by("sort_key", "pk"))


def answers(posted: Mapping[str, str]) -> dict[UUID, Answer]:
    """`offer-<id>` = true, changed or over; what is none of these says nothing."""
    found = {}
    for name, value in posted.items():
        kind, _dash, number = name.partition("-")
        if kind != "offer" or value not in set(Answer):
            continue
        try:
            found[UUID(number)] = Answer(value)
        except ValueError:
            continue
    return found


def counts(rows) -> list[tuple[Step, int]]:
    """(step, entries at it), in the order in which they need somebody."""
    found = dict(rows.order_by().values_list("confirmation").annotate(Count("pk")))
    return [(step, found.get(step, 0)) for step in ORDER]


def with_mail_state(rows):
    """`problem`: why the last question could not be delivered, "" where it was."""
    last = (
        ConfirmationLink.objects.filter(organisation=OuterRef("pk"))
        .order_by("-sent_at")
        .values("mail_id")[:1]
    )
    mail = Outgoing.objects.filter(pk=OuterRef("last_mail")).values("problem")[:1]
    return rows.annotate(last_mail=Subquery(last)).annotate(problem=Coalesce(Subquery(mail), Value("")))
