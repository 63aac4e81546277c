"""An organisation's own list: its offers as the form to fill, and what of a filled one comes in. Nothing of others does."""

import copy
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from quartierwerk import journal, rights
from quartierwerk.intake.models import ImportFile
from quartierwerk.languages.names import same_name
from quartierwerk.rights import Person, may
from quartierwerk.tenants.models import Tenant, Visibility

from ..checking.rules import must_wait
from ..models import Location, Offer, Organisation
from . import identity, lists
from .exports import tables
from .exports.records import Records
from .imports import mappings
from .imports.plan import Order, Planner
from .imports.rows import Draft
from .imports.running import Result, import_loaded

KIND = "own list"


def as_form(organisation: Organisation, *, by: Person) -> bytes:
    """The organisation's offers as a workbook with one sheet. Raises Refused, NotExportable."""
    rights.require(by, "organisations.write", organisation)
    content = tables.as_own_xlsx(Records(by, organisation))
    journal.record("own list exported", organisation, by=by)
    return content


def import_own(
    file: ImportFile, organisation: Organisation, tenant: Tenant, *, by: Person, dry_run: bool = False
) -> Result:
    """Raises Refused, WrongFile."""
    rights.require(by, "organisations.write", organisation)
    loaded = lists.loaded(file)
    chosen = mappings.choose(lists.parts(loaded))
    if chosen is None or not chosen.own_ids:
        words = _("These are other columns than those of your list. Please fill in the list from this page.")
        return Result(tenant.slug, file.source, dry_run=dry_run, refusal=words)
    return import_loaded(
        loaded,
        tenant=tenant,
        name=source_of(organisation),
        by=by,
        bundle=chosen,
        dry_run=dry_run,
        draft=True,  # new ones are published one by one, on their pages
        only=Own(organisation, tenant, by),
    )


@transaction.atomic
def import_and_note(file: ImportFile, organisation: Organisation, tenant: Tenant, *, by: Person) -> Result:
    """Import and keep the report; both or nothing."""
    outcome = import_own(file, organisation, tenant, by=by)
    file.state = ImportFile.State.DONE if outcome.stored else ImportFile.State.REFUSED
    file.report = outcome.as_data()
    file.save(update_fields=["state", "report"])
    journal.record("own list imported", organisation, by=by)
    return outcome


def source_of(organisation: Organisation) -> str:
    """Numbers that an organisation gives its rows mean its own rows only."""
    return f"own list {organisation.pk}"


@dataclass
class Own:
    """What of a list is taken: offers of this organisation."""

    organisation: Organisation
    tenant: Tenant
    by: Person

    def require(self, by: Person) -> None:
        rights.require(by, "organisations.write", self.organisation)

    def taken(self, drafts: Sequence[Draft], order: Order) -> list[Draft]:
        """Of the drafts those that may come in; the rows of the others say why not."""
        kept = [draft for draft in drafts if self._is_own(draft)]
        for draft in kept:
            draft.organisation_key, draft.organisation_name = self._number, ""
            draft.texts = None  # translations are entered where their state is kept
        return self._without_waiting(kept, order)

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

    def _without_waiting(self, drafts: list[Draft], order: Order) -> list[Draft]:
        """Where changes are checked, a row that would change what visitors see is left to the offer's page."""
        may_check = may(self.by, "directory.check_changes", self.organisation)
        if not must_wait(self.tenant.changes_are_checked, may_check, is_public=True):
            return drafts
        # Placed on a copy, since only then it is known what a row would change.
        probe = copy.deepcopy(drafts)
        planner = Planner(replace(order, dry_run=True), probe)
        planner.place(probe)
        taken = []
        for draft, tried in zip(drafts, probe, strict=True):
            stored = planner.stored["offer"].get(draft.key)
            if tried.row.outcome != "changed" or stored.visibility != Visibility.PUBLIC:  # type: ignore[union-attr]
                taken.append(draft)
                continue
            draft.row.refuse(
                "",
                _("Visitors see this offer, and here changes are looked at before they show."),
                advice=_("Please change it on its page; it waits there until somebody has looked at it."),
            )
            draft.row.outcome = "left out"
        return taken
