"""The passage goes, a mark and a note stay: one action for all that is closed or adopted and kept in rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from quartierwerk.privacy import history
from quartierwerk.rights import Person

from ..editions import picture
from ..editions.redacting import redacted
from ..models import Redaction

ACTION = "planning.adopt"


@dataclass(frozen=True)
class Texts:
    """Texts in which a passage may stand.

    wanted  finds the rows, and those of their history unless `past` does
    """

    model: Any
    names: tuple[str, ...]
    wanted: Q
    past: Q | None = None


def take_out(held: Sequence[Texts], passage: str, reason: str, *, by: Person, **of: Any) -> int:
    """How often the passage stood there; 0 changes nothing. The caller holds the lock and asked the right.

    of: whose note it is (`meeting=…`)
    """
    before, changed, places = [], [], 0
    for texts in held:
        for row in texts.model.objects.filter(texts.wanted).order_by("pk").values("pk", *texts.names):
            pk = row.pop("pk")
            without, count = redacted(row, passage)
            before.append(row)
            if count:
                changed.append((texts.model, pk, without))
                places += count
    note = Redaction(
        number=Redaction.objects.filter(**of).count() + 1,
        reason=reason,
        passages=places,
        sha256_before=picture.fingerprint({"texts": before}),
        by=by.account_id,
        **of,
    )
    if changed:
        note.save()
    for model, pk, without in changed:
        # Not `save`: its time of change belongs to what the database keeps.
        model.objects.filter(pk=pk).update(**without)
    # Through a connection of its own, so what is done stays done: only after the database let the records change.
    past = sum(
        history.rewrite(
            one.model, one.past or one.wanted, one.names, lambda words: redacted(words, passage)[0]
        )
        for one in held
    )
    if past and not changed:
        note.save()
    return places or past
