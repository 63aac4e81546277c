from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone

from quartierwerk import journal, rights, search
from quartierwerk.languages.models import Translatable, Translation
from quartierwerk.languages.states import TranslationState
from quartierwerk.rights import Person
from quartierwerk.web import editing

from .forms import TextForm
from .rules import state_after

EXTRAS = frozenset({"picture", "picture_alt", "audience"})  # they may change while the words stay


@transaction.atomic
def save_translations(
    record: Translatable, forms: Sequence[TextForm], sources: Mapping[str, str], *, finish: bool, by: Person
) -> list[Translation]:
    """Store what a translator wrote beside `sources`; returns the rows that changed. Raises EditedMeanwhile, Refused.

    All texts of a page stand or fall together. The caller holds the record's row, so that two first translations of
    one text meet each other.
    """
    saved = []
    for form in forms:
        row = form.instance
        before = None if row._state.adding else row.state
        changed = "text" in form.changed_data
        after = state_after(before, changed=changed, checked=form.is_checked, finish=finish)
        if before is None and not form.cleaned_data["text"].strip():
            continue
        if after is None and EXTRAS.isdisjoint(form.changed_data):
            continue
        if before is None:
            row.source_text, row.state = sources.get(form.text_name, ""), after or TranslationState.IN_WORK
        row = editing.save(form, action="texts.translate", by=by, through=record)
        if before is not None and after is not None:
            row.state = after
            # A draft keeps what it is compared with: the changed part is shown until somebody says it is done.
            if after == TranslationState.HUMAN:
                row.source_text = sources.get(form.text_name, row.source_text)
            row.save(update_fields=["state", "source_text", "changed_at"])
        if after == TranslationState.HUMAN:
            journal.record("translation finished", row, by=by, fields=["state"])
        if "audience" in form.changed_data:
            note_check(row, form.cleaned_data["audience"], by=by)
        if alt := getattr(form, "new_alt", None):
            rights.require(by, "texts.translate", alt.record)
            alt.save()
            journal.record("picture described", alt, by=by, fields=["text"])
        saved.append(row)
    if saved:
        search.changed()
    return saved


def note_check(row: Translation, checked_by: str, *, by: Person) -> None:
    """Somebody of the audience read the words as they stand and understood them; empty takes it back. Raises Refused."""
    rights.require(by, "texts.approve")
    row.checked_by = checked_by
    row.checked_on = timezone.localdate() if checked_by else None
    row.checked_text = row.text if checked_by else ""
    row.save(update_fields=["checked_by", "checked_on", "checked_text", "changed_at"])
    journal.record("text checked by its audience", row, by=by, fields=["checked_by"])
