"""Which records of the directory show their history and can be brought back (R1.08)."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from quartierwerk.journal import register
from quartierwerk.languages import tags

from . import topics
from .models import Moved, Offer, Organisation
from .showing import with_places as showing


def _languages(codes: Iterable[str], reader: str) -> str:
    return ", ".join(tags.name(code, reader) for code in codes)


def _topics(codes: Iterable[str], reader: str) -> str:
    return ", ".join(str(topic.label) for topic in topics.known(codes))


def _place_follows(record: Offer | Organisation) -> None:
    """The place that came back shows where the record shows."""
    showing.places_follow([record.address_id])


def _former(record: Offer | Organisation) -> Iterable[tuple[UUID, datetime]]:
    rows = Moved.objects.filter(kind=record._meta.model_name, new=record.pk)
    return rows.values_list("old", "moved_at")


WORDS = {"languages_spoken": _languages, "topics": _topics}


def add_kinds() -> None:
    register.add(
        register.Versioned(
            "offers", Offer, "directory.restore", "directory.write", "directory_staff:offer",
            owned=("address",), leave_out=("seats_taken",), words=WORDS, restored=_place_follows,
            former=_former,
        )
    )  # fmt: skip
    register.add(
        register.Versioned(
            "organisations", Organisation, "organisations.restore", "organisations.write",
            "directory_staff:edit_organisation", title="name", owned=("address",), words=WORDS, restored=_place_follows,
            former=_former,
        )
    )  # fmt: skip
