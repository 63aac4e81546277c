"""Whom one asks about an offer or at an organisation, when that person leaves."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from quartierwerk.people.handover import BOTH, Holder, Kind, Line, Sort, handover

from .models import Contact, OrganisationContact
from .models.contacts import Reachable


def _rows(model):
    def rows(holder: Holder):
        mine = Q(pk__in=[])
        if holder.kind == Kind.PERSON and holder.account_id:
            mine |= Q(account_id=holder.account_id)
        if holder.email:
            mine |= Q(email__iexact=holder.email)
        parent = model.wall_parent()
        return (
            model.objects.filter(mine)
            .select_related(parent)
            .order_by(f"{parent}__sort_key", "position", "pk")
        )

    return rows


def _give(contact: Reachable, holder: Holder, to: Holder) -> Reachable:
    """The function and its phone stay. A name needs the consent of the one it belongs to, so it goes."""
    contact.account_id = to.account_id
    contact.name = ""
    contact.function = contact.function or to.name
    contact.email = to.email
    contact.absent_until = None
    contact.save(update_fields=["account_id", "name", "function", "email", "absent_until"])
    return contact


def _sort(name: str, label, model, page: str, right: str) -> Sort:
    parent = model.wall_parent()
    return Sort(
        name,
        label,
        rows=_rows(model),
        line=lambda row: Line(
            str(getattr(row, parent)), row.function or row.name, (page, {"pk": getattr(row, f"{parent}_id")})
        ),
        give=_give,
        takes=lambda holder: BOTH,
        reads=right,
        by_consent=True,
    )


def register() -> None:
    handover.add(
        _sort("contacts", _("Contact for offers"), Contact, "directory_staff:offer", "directory.read")
    )
    handover.add(
        _sort(
            "organisation_contacts", _("Contact for organisations"), OrganisationContact,
            "directory_staff:edit_organisation", "organisations.write",
        )
    )  # fmt: skip
