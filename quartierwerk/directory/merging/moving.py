"""What hangs on the entry that goes moves to the one that stays. What says exactly the same stands there once."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import F, Model
from django.utils import timezone
from django.utils.translation import gettext as _

from quartierwerk.calendar.models import PublicDate
from quartierwerk.chain import actions as chain
from quartierwerk.intake.models import ImportFile
from quartierwerk.people.models import InvitedRole, Membership
from quartierwerk.places.models import Address
from quartierwerk.rights import Person
from quartierwerk.tenants.walls import is_history
from quartierwerk.uploads.models import Picture

from ..files import own_list
from ..models import Moved, Offer, Organisation, PendingChange, RecordKind, UnreachableLink, ViewCount
from . import rules
from .rules import Take

# Of a row that hangs on a record: who it is and where it came from, not what it says.
NOT_SAID = frozenset(
    {"id", "tenant", "position", "visibility", "shared_with", "deputy_of", "source", "source_id", "kept_columns"}
)  # fmt: skip


def note_moved(gone: Any, kept: UUID, kind: RecordKind) -> None:
    """Old addresses lead on, also those that led to the one that goes now."""
    Moved.objects.filter(kind=kind, new=gone.pk).update(new=kept)
    Moved.objects.create(
        kind=kind,
        old=gone.pk,
        new=kept,
        source=gone.source,
        source_id=gone.source_id,
        serves_tenants=getattr(gone, "serves_tenants", []),
    )


def what_hangs_on_offer(gone: Offer, kept: Offer, *, by: Person) -> None:
    _move(gone.contacts.all(), kept.contacts.all(), "offer", kept)
    _move(gone.schedules.all(), kept.schedules.all(), "offer", kept)
    here = set(kept.held_at.values_list("location_id", flat=True))
    gone.held_at.exclude(location_id__in=here).update(offer=kept)
    _decline_waiting(gone)
    for rows in (gone.registrations, gone.barriers, gone.pending_changes):
        rows.all().update(offer=kept)
    for count in gone.view_counts.all():
        same_month = kept.view_counts.filter(month=count.month)
        if not same_month.update(count=F("count") + count.count):
            ViewCount.objects.filter(pk=count.pk).update(offer=kept)
    Offer.objects.filter(copied_from=gone).exclude(pk=kept.pk).update(copied_from=kept)
    chain.take_over(gone, kept, by=by)
    _move_unreachable(RecordKind.OFFER, gone.pk, kept.pk)


def what_hangs_on_organisation(gone: Organisation, kept: Organisation) -> None:
    Offer.objects.filter(organisation=gone).update(organisation=kept)
    _move_locations(gone, kept)
    _move(gone.contacts.all(), kept.contacts.all(), "organisation", kept)
    _decline_waiting(gone)
    for rows in (gone.confirmation_links, gone.pending_changes):
        rows.all().update(organisation=kept)
    _move_roles(Membership, gone, kept, ("account_id", "role", "space_id"))
    _move_roles(InvitedRole, gone, kept, ("invitation_id", "role", "space_id"))
    for model in (Picture, PublicDate):
        model.objects.filter(organisation_id=gone.pk).update(organisation_id=kept.pk)
    # A list names its organisation's own numbers; its editor sends it again for the one that stays.
    own_list.waiting(gone).update(state=ImportFile.State.WITHDRAWN, decided_at=timezone.now())
    _move_unreachable(RecordKind.ORGANISATION, gone.pk, kept.pk)


def _decline_waiting(gone: Offer | Organisation) -> None:
    """What an editor wrote was written about an entry that goes: she reads why, and sends it again if it still fits."""
    written = gone.pending_changes.filter(decision=PendingChange.Decision.OPEN)
    written.exclude(what=PendingChange.What.REPORT).update(
        decision=PendingChange.Decision.DECLINED,
        decided_at=timezone.now(),
        reason=_(
            "Two entries were merged into one. Please look at it, and send your change again if it is still right."
        ),
    )


def _said(row: Any, parent: str) -> tuple:
    """Everything a row says, for comparing."""
    return tuple(
        str(getattr(row, field.attname))
        for field in row._meta.concrete_fields
        if field.name not in NOT_SAID and field.name != parent
    )


def _move(gone: Iterable[Any], kept: Iterable[Any], parent: str, record: Model) -> None:
    """Rows behind those that are there already; of identical ones the one that is there stays."""
    rows, there = list(gone), list(kept)
    same = rules.alike([_said(row, parent) for row in there], [_said(row, parent) for row in rows])
    instead = {rows[place].pk: there[at].pk for place, at in same.items()}
    behind = max((row.position for row in there), default=-1) + 1
    for place, row in enumerate(rows):
        if row.pk in instead:
            continue
        setattr(row, parent, record)
        row.position = behind + place
        changed = {parent, "position"}
        if getattr(row, "deputy_of_id", None) in instead:
            row.deputy_of_id = instead[row.deputy_of_id]
            changed.add("deputy_of")
        row.save(update_fields=changed)
    for row in rows:
        if row.pk in instead:
            row.delete()


def _move_locations(gone: Organisation, kept: Organisation) -> None:
    there = {_place_said(one): one for one in _with_times(kept)}
    for location in _with_times(gone):
        same = there.get(_place_said(location))
        if same is None:
            location.organisation = kept
            location.save(update_fields=["organisation"])
            continue
        here = set(same.held_here.values_list("offer_id", flat=True))
        location.held_here.exclude(offer_id__in=here).update(location=same)
        note_moved(location, same.pk, RecordKind.LOCATION)
        address = location.address_id
        location.delete()
        forget_unused_address(address)


def _with_times(organisation: Organisation) -> Any:
    return organisation.locations.select_related("address").prefetch_related("schedules")


def _place_said(location: Any) -> tuple:
    """A place with its address in words and its times; two rows of one address are the same place."""
    times = sorted(_said(one, "location") for one in location.schedules.all())
    return (*_said_without_address(location), str(location.address or ""), tuple(times))


def _said_without_address(location: Any) -> tuple:
    names = ("name", "description", "accessibility", "languages_spoken", "phone", "website")
    return tuple(str(getattr(location, name)) for name in names)


def _move_roles(model: Any, gone: Organisation, kept: Organisation, key: tuple[str, ...]) -> None:
    """Who looks after the one looks after both from now on; nobody twice."""
    rows = model.objects.filter(tenant_id=kept.tenant_id)
    held = set(rows.filter(organisation_id=kept.pk).values_list(*key))
    for row in rows.filter(organisation_id=gone.pk):
        if tuple(getattr(row, name) for name in key) in held:
            row.delete()
        else:
            row.organisation_id = kept.pk
            row.save(update_fields=["organisation_id"])


def _move_unreachable(kind: RecordKind, gone: UUID, kept: UUID) -> None:
    rows = UnreachableLink.objects.filter(kind=kind)
    here = rows.filter(record_id=kept).values("url")
    rows.filter(record_id=gone, url__in=here).delete()
    rows.filter(record_id=gone).update(record_id=kept)


def move_texts(gone: Any, kept: Any, taken: dict[str, Take]) -> None:
    """Translations follow the text they were made from. A language that only the other side has comes along: made from
    another wording it counts as outdated, which is better than none."""
    there = {(row.text_name, row.language): row for row in kept.translations.all()}
    for row in gone.translations.all():
        known = there.get((row.text_name, row.language))
        if known is not None and known.text.strip() and taken.get(row.text_name) != Take.THERE:
            continue
        if not row.text.strip():
            continue
        if row.language == kept.language_of(row.text_name):
            continue  # the text itself is in this language now
        if known is not None:
            known.delete()
        row.record = kept
        row.save(update_fields=["record"])
    for row in kept.translations.all():
        if row.language == kept.language_of(row.text_name):
            row.delete()


def forget_unused_address(pk: UUID | None) -> None:
    """An address at which nothing stands any more."""
    if pk is None:
        return
    for relation in Address._meta.related_objects:
        model, name = relation.related_model, relation.field.attname
        if is_history(model):
            continue
        if model.objects.filter(**{name: pk}).exists():  # type: ignore[union-attr, attr-defined]
            return
    Address.objects.filter(pk=pk).delete()
