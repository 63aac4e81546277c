"""What was typed into the forms of a record, kept until somebody decides, and put into them again."""

from typing import Any

from django.http import QueryDict

from quartierwerk.calendar import forms as dates
from quartierwerk.calendar.models import PublicDate
from quartierwerk.rights import Person

from ..editing import page as pages
from ..editing.page import Page
from ..models import Offer, Organisation, PendingChange

# A date's page has no rows below it, and else the same parts.
AnyPage = Page | dates.Page


def page_of(record: Offer | Organisation | PublicDate, data: Any, *, by: Person, reader: str) -> AnyPage:
    build: Any = {Offer: pages.of_offer, Organisation: pages.of_organisation, PublicDate: dates.page_of}[
        type(record)
    ]
    return build(record, data, by=by, reader=reader)


def kept(page: AnyPage, data: QueryDict) -> dict[str, list[str]]:
    """What the forms of the page know by name; nothing else that was sent along is stored."""
    known = {form.add_prefix(name) for form in page.forms for name in form.fields}
    known |= {f"{rows.prefix}-rows" for rows in page.rows}
    # The database holds no NUL; forms leave it out as well.
    return {
        name: [value.replace("\x00", "") for value in data.getlist(name)] for name in data if name in known
    }


def sent(change: PendingChange) -> QueryDict:
    """The form as it was sent."""
    data = QueryDict(mutable=True)
    for name, values in change.fields.get("typed", {}).items():
        data.setlist(name, values)
    return data
