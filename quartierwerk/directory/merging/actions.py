"""Making one entry of two, whole or not at all."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from quartierwerk import journal, rights, search
from quartierwerk.places.showing import places_follow
from quartierwerk.privacy.models import Hold
from quartierwerk.rights import Person
from quartierwerk.tenants.models import Visibility

from ..kinds import KIND_FIELDS, WITH_WAITING_LIST, fields_of
from ..models import Offer, Organisation, RecordKind
from . import comparing, moving, rules
from .comparing import Entry
from .rules import Take


class NotMerged(ValueError):
    """Nothing was merged; the sentence says why."""


class Unanswered(NotMerged):
    """Both say something else, and nobody chose; `missing` names the fields."""

    def __init__(self, missing: list[str]):
        super().__init__(_("Please choose what shall hold. Nothing is merged yet."))
        self.missing = missing


class ChangedMeanwhile(NotMerged):
    def __init__(self) -> None:
        super().__init__(
            _(
                "Somebody changed one of the entries meanwhile. This is how they stand now: please choose again."
            )
        )


@transaction.atomic
def merge(kept: Entry, gone: Entry, chosen: Mapping[str, Take], *, seal: str, by: Person) -> Entry:
    """`gone` becomes part of `kept`. Raises NotMerged, Refused, LinkRefused; model.DoesNotExist where one is gone already.

    seal   how both stood when somebody chose (`comparing.seal`)
    """
    kept, gone = _locked(kept, gone)
    for record in (kept, gone):
        rights.require(by, "directory.merge", record)
    if comparing.seal(kept, gone) != seal:
        raise ChangedMeanwhile
    if Hold.objects.standing().filter(object_kind=gone._meta.label_lower, object_id=str(gone.pk)).exists():
        raise NotMerged(_("The entry that would go is held for a reason of data protection, so it stays."))
    pairs = comparing.pairs_of(kept, gone)
    if missing := rules.unanswered(pairs, chosen):
        raise Unanswered(missing)
    taken = {
        name: chosen[name] if pair.needs_choice else pair.settled() for name, pair in pairs.items()
    }  # fmt: skip
    addresses = {kept.address_id, gone.address_id}
    _take_values(kept, gone, pairs, taken)
    _take_standing(kept, gone)
    _check(kept)
    if isinstance(kept, Offer) and isinstance(gone, Offer):
        moving.what_hangs_on_offer(gone, kept, by=by)
    elif isinstance(kept, Organisation) and isinstance(gone, Organisation):
        moving.what_hangs_on_organisation(gone, kept)
    kept.save()
    moving.move_texts(gone, kept, taken)
    moving.note_moved(gone, kept.pk, RecordKind(kept._meta.model_name))
    changed = [name for name, take in taken.items() if take != Take.HERE]
    if isinstance(kept, Offer):
        journal.record("offer merged", kept, by=by, fields=changed)
        journal.record("offer merged into another", gone, by=by)
    else:
        journal.record("organisation merged", kept, by=by, fields=changed)
        journal.record("organisation merged into another", gone, by=by)
    gone.delete()
    for pk in addresses - {kept.address_id}:
        moving.forget_unused_address(pk)
    places_follow(addresses)
    search.changed()
    return kept


def _locked(kept: Entry, gone: Entry) -> Any:
    """Both as they stand now, in one order for everybody."""
    model: Any = type(kept)
    rows = {
        row.pk: row
        for row in model.objects.select_for_update(of=("self",))
        .filter(pk__in=(kept.pk, gone.pk))
        .order_by("pk")
    }
    if kept.pk not in rows or gone.pk not in rows or kept.pk == gone.pk:
        raise model.DoesNotExist
    return rows[kept.pk], rows[gone.pk]


def _take_values(kept: Any, gone: Any, pairs: Mapping[str, rules.Pair], taken: Mapping[str, Take]) -> None:
    for name, take in taken.items():
        if take == Take.HERE:
            continue
        attname = kept._meta.get_field(name).attname
        setattr(kept, attname, gone.address_id if name == "address" else pairs[name].value(take))
        if name in kept.TEXTS:
            language = gone.language_of(name)
            others = {text: lang for text, lang in kept.text_languages.items() if text != name}
            kept.text_languages = others if language == kept.language else {**others, name: language}
    kept.kept_columns = {**gone.kept_columns, **kept.kept_columns}
    if isinstance(kept, Offer):
        for name in KIND_FIELDS:
            if name not in fields_of(kept.kind):
                setattr(kept, name, Offer._meta.get_field(name).get_default())
        if kept.copied_from_id == gone.pk:
            kept.copied_from_id = gone.copied_from_id if gone.copied_from_id != kept.pk else None


def _take_standing(kept: Any, gone: Any) -> None:
    """Whether it shows, and who last said that it is true."""
    if rules.vouched_for(comparing.standing(kept), comparing.standing(gone)) == Take.THERE:
        shared = ("confirmed_at", "unconfirmed_since") if isinstance(kept, Offer) else ()
        for name in shared or ("confirmed_at", "confirmation", "asked_at"):
            setattr(kept, name, getattr(gone, name))
    if Visibility.PUBLIC in (kept.visibility, gone.visibility):
        kept.visibility = Visibility.PUBLIC
    if isinstance(kept, Offer):
        moments = [one.published_at for one in (kept, gone) if one.published_at]
        kept.published_at = min(moments, default=None)
    else:
        kept.is_placeholder = kept.is_placeholder and gone.is_placeholder


def _check(kept: Any) -> None:
    """What was chosen field by field must fit together."""
    if not isinstance(kept, Offer):
        return
    if kept.starts_on and kept.ends_on and kept.ends_on < kept.starts_on:
        raise NotMerged(_("As chosen it ends before it begins. Please choose both days from the same entry."))
    if kept.seats is not None and (kept.seats_taken or 0) > kept.seats:
        raise NotMerged(_("As chosen more places are taken than there are. Please choose again."))
    if kept.has_waiting_list and kept.kind not in WITH_WAITING_LIST:
        kept.has_waiting_list = False
    if kept.visibility == Visibility.PUBLIC and kept.organisation.visibility != Visibility.PUBLIC:
        raise NotMerged(
            _(
                "The merged offer would be public, its organisation is not. Please publish the organisation first."
            )
        )
