"""An organisation's own list: its offers as the form to fill, and what of a filled one comes in. Nothing of others does."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction
from django.db.models import CharField, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from quartierwerk import journal, rights
from quartierwerk.intake.models import ImportFile
from quartierwerk.languages.names import same_name
from quartierwerk.rights import Person, may
from quartierwerk.tenants.models import Tenant

from ..checking.rules import must_wait
from ..checking.telling import tell_declined
from ..models import Location, Offer, Organisation
from . import identity, lists
from .exports import tables
from .exports.records import Records
from .imports import mappings
from .imports.plan import Order
from .imports.rows import Draft
from .imports.running import Result, import_loaded
from .own_list_changes import RowChange, changes, seal

KIND = "own list"
SOURCE = "own list "
State = ImportFile.State


def as_form(organisation: Organisation, *, by: Person) -> bytes:
    """The organisation's offers as a workbook with one sheet. Raises Refused, NotExportable."""
    rights.require(by, "organisations.write", organisation)
    content = tables.as_own_xlsx(Records(by, organisation))
    journal.record("own list exported", organisation, by=by)
    return content


@dataclass
class Looked:
    """What would happen. changes: told where somebody looks at them; waits: visitors would see something else."""

    result: Result
    changes: list[RowChange] = field(default_factory=list)
    waits: bool = False

    @property
    def seal(self) -> str:
        return seal(self.changes)


class Unseen(Exception):
    """What would be taken over is not what was shown; it has to be looked at again."""


class DecidedAlready(Exception):
    """Somebody was quicker, or the editor took it back."""


def look(
    file: ImportFile, organisation: Organisation, tenant: Tenant, *, by: Person, reader: str = "de"
) -> Looked:
    """A dry run. Raises Refused, WrongFile."""
    own = Own(organisation, tenant, by, reader=reader, tells=tenant.changes_are_checked)
    result = _run(file, own, dry_run=True)
    may_check = may(by, "directory.check_changes", organisation)
    waits = any(must_wait(tenant.changes_are_checked, may_check, one.is_shown) for one in own.changes)
    return Looked(result, own.changes, waits)


def _run(file: ImportFile, own: "Own", *, dry_run: bool) -> Result:
    rights.require(own.by, "organisations.write", own.organisation)
    loaded = lists.loaded(file)
    chosen = mappings.choose(lists.parts(loaded))
    if chosen is None or not chosen.own_ids:
        words = _("These are other columns than those of your list. Please fill in the list from this page.")
        return Result(own.tenant.slug, file.source, dry_run=dry_run, refusal=words)
    return import_loaded(
        loaded,
        tenant=own.tenant,
        name=source_of(own.organisation),
        by=own.by,
        bundle=chosen,
        dry_run=dry_run,
        draft=True,  # new ones are published one by one, on their pages
        only=own,
    )


@transaction.atomic
def take(file: ImportFile, organisation: Organisation, tenant: Tenant, *, by: Person) -> ImportFile:
    """Import and keep the report, or send the whole list for a check; pressed twice it happens once."""
    row = ImportFile.objects.select_for_update().get(pk=file.pk)
    if row.state != State.RECEIVED:
        return row
    if look(row, organisation, tenant, by=by).waits:
        waiting(organisation).update(state=State.WITHDRAWN, decided_at=timezone.now())
        row.state = State.SENT
        row.save(update_fields=["state"])
        journal.record("own list sent", organisation, by=by)
    else:
        _import(row, Own(organisation, tenant, by))
    return row


def waiting_of(organisations: QuerySet[Organisation]) -> QuerySet[ImportFile]:
    """Each with `organisation_name`."""
    named = organisations.annotate(named=Concat(Value(SOURCE), Cast("pk", CharField())))
    rows = ImportFile.objects.filter(kind=KIND, source__in=named.values("named"), state=State.SENT)
    return rows.annotate(organisation_name=named.filter(named=OuterRef("source")).values("name")[:1])


def waiting(organisation: Organisation) -> QuerySet[ImportFile]:
    return ImportFile.objects.filter(kind=KIND, source=source_of(organisation), state=State.SENT)


@transaction.atomic
def accept(
    file: ImportFile,
    organisation: Organisation,
    tenant: Tenant,
    *,
    chosen: Collection[str] | None,
    seen: str,
    by: Person,
    reader: str = "de",
) -> Result:
    """The chosen rows come in, all of them or none; those not chosen are left out and named.

    chosen  places of the rows, None for all
    seen    the seal of what was shown
    raises  DecidedAlready, Unseen, Refused
    """
    row = _to_decide(file)
    rights.require(by, "directory.check_changes", organisation)
    # Held until the list is in: nobody edits between the look at what changes and the change.
    list(Offer.objects.filter(organisation=organisation).select_for_update(of=("self",)).order_by("pk"))
    row.decided_at = timezone.now()
    own = Own(organisation, tenant, by, reader=reader, tells=True, chosen=chosen, seen=seen)
    return _import(row, own)


@transaction.atomic
def decline(file: ImportFile, organisation: Organisation, reason: str, *, by: Person) -> None:
    """Nothing comes in; the organisation learns by mail that it can read why. Raises DecidedAlready, Refused."""
    row = _to_decide(file)
    rights.require(by, "directory.check_changes", organisation)
    row.state, row.reason, row.decided_at = State.DECLINED, reason, timezone.now()
    row.save(update_fields=["state", "reason", "decided_at"])
    journal.record("own list declined", organisation, by=by)
    tenant = row.tenant
    keys = {"tenant": tenant.slug, "pk": organisation.pk, "file": row.pk}
    path = reverse("directory_staff:own_list_check", kwargs=keys)
    tell_declined(organisation, row.account_id, path, f"list {row.pk}", tenant)


@transaction.atomic
def take_back(file: ImportFile, organisation: Organisation, *, by: Person) -> None:
    """Raises DecidedAlready, Refused."""
    row = _to_decide(file)
    rights.require(by, "organisations.write", organisation)
    row.state, row.decided_at = State.WITHDRAWN, timezone.now()
    row.save(update_fields=["state", "decided_at"])
    journal.record("own list taken back", organisation, by=by)


def _to_decide(file: ImportFile) -> ImportFile:
    row = ImportFile.objects.select_for_update().get(pk=file.pk)
    if row.state != State.SENT:
        raise DecidedAlready
    return row


def _import(row: ImportFile, own: "Own") -> Result:
    outcome = _run(row, own, dry_run=False)
    row.state = State.DONE if outcome.stored else State.REFUSED
    row.report = outcome.as_data()
    row.save(update_fields=["state", "report", "decided_at"])
    journal.record("own list imported", own.organisation, by=own.by)
    return outcome


def source_of(organisation: Organisation) -> str:
    """Numbers that an organisation gives its rows mean its own rows only."""
    return f"{SOURCE}{organisation.pk}"


def organisation_key(file: ImportFile) -> str:
    return file.source.removeprefix(SOURCE)


@dataclass
class Own:
    """What of a list is taken: offers of this organisation.

    tells    `changes` is to say what each row would change
    chosen   places of the rows that come in, None for all
    seen     the seal of the changes that were shown; others raise Unseen
    """

    organisation: Organisation
    tenant: Tenant
    by: Person
    reader: str = "de"
    tells: bool = False
    chosen: Collection[str] | None = None
    seen: str | None = None
    changes: list[RowChange] = field(default_factory=list)

    def require(self, by: Person) -> None:
        rights.require(by, "organisations.write", self.organisation)

    def taken(self, drafts: Sequence[Draft], order: Order) -> list[Draft]:
        """Of the drafts those that may come in; the rows of the others say why not."""
        kept = [draft for draft in drafts if self._is_own(draft)]
        for draft in kept:
            draft.organisation_key, draft.organisation_name = self._number, ""
            draft.texts = None  # translations are entered where their state is kept
        return self._told(kept, order)

    @cached_property
    def _number(self) -> str:
        return str(identity.numbers(Organisation)[self.organisation.pk])

    @cached_property
    def _owners(self) -> dict[str, UUID]:
        """Number or key of every offer → its organisation."""
        owners = dict(Offer.objects.values_list("pk", "organisation_id"))
        numbered = {str(number): owners[pk] for pk, number in identity.numbers(Offer).items()}
        return {str(pk): owner for pk, owner in owners.items()} | numbered

    @cached_property
    def _places(self) -> set[str]:
        mine = set(Location.objects.filter(organisation=self.organisation).values_list("pk", flat=True))
        return {str(number) for pk, number in identity.numbers(Location).items() if pk in mine}

    def _is_own(self, draft: Draft) -> bool:
        row = draft.row
        if draft.model != "offer":
            row.refuse(
                "", _("Only offers come in by this list. Please change the organisation itself on its page.")
            )
        elif self._names_another(draft):
            named = draft.organisation_name or draft.organisation_key
            row.refuse(
                "organisation_id",
                _("This row names another organisation. Only offers of “%(name)s” come in here.")
                % {"name": self.organisation.name},
                typed=named,
            )
        elif self._owners.get(draft.key, self.organisation.pk) != self.organisation.pk:
            row.refuse(
                "id",
                _("This number belongs to an offer of another organisation."),
                typed=draft.key,
                advice=_("Please leave the number of a new offer empty."),
            )
        elif unknown := [held.location for held in draft.at or () if held.location not in self._places]:
            row.refuse("at", _("This place is none of your organisation."), typed=", ".join(unknown))
        else:
            return True
        row.outcome = "left out"
        return False

    def _names_another(self, draft: Draft) -> bool:
        if draft.organisation_key:
            return draft.organisation_key not in (self._number, str(self.organisation.pk))
        return bool(draft.organisation_name) and not same_name(
            draft.organisation_name, self.organisation.name
        )

    def _told(self, drafts: list[Draft], order: Order) -> list[Draft]:
        """Of the drafts those that were chosen, once it is certain that they are what was shown."""
        if not self.tells:
            return drafts
        self.changes = changes(drafts, order, self.reader)
        if self.seen is not None and seal(self.changes) != self.seen:
            raise Unseen
        if self.chosen is None:
            return drafts
        left = {one.place for one in self.changes} - set(self.chosen)
        taken = []
        for place, draft in enumerate(drafts):
            if str(place) in left:
                draft.row.refuse("", _("The municipality did not take this row over."))
                draft.row.outcome = "left out"
            else:
                taken.append(draft)
        return taken
