"""What waits in the directory, for the first page of the back office."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import ngettext

from quartierwerk import rights
from quartierwerk.intake.models import ImportFile
from quartierwerk.rights import Person, may
from quartierwerk.tenants.models import Visibility
from quartierwerk.web import addresses
from quartierwerk.web.today import Waiting, today

from .models import Offer


def drafts(person: Person) -> QuerySet[Offer]:
    return rights.visible(person, "directory.read", Offer.objects.exclude(visibility=Visibility.PUBLIC))


def lists_to_import(person: Person) -> QuerySet[ImportFile]:
    received = ImportFile.objects.filter(kind="directory", state=ImportFile.State.RECEIVED)
    return rights.visible(person, "directory.import", received)


def register() -> None:
    today.add("drafts", _drafts, order=10)
    today.add("imports", _imports, order=20)


def _drafts(request) -> Iterator[Waiting]:
    if may(request.person, "directory.publish"):
        number = drafts(request.person).count()
        words = ngettext("%(number)d offer is not public", "%(number)d offers are not public", number) % {
            "number": number
        }
        yield Waiting(number, words, addresses.staff("directory_staff:offers", request) + "?state=draft")


def _imports(request) -> Iterator[Waiting]:
    if may(request.person, "directory.import"):
        number = lists_to_import(request.person).count()
        words = ngettext(
            "%(number)d list is uploaded and not imported yet",
            "%(number)d lists are uploaded and not imported yet",
            number,
        ) % {"number": number}
        yield Waiting(number, words, addresses.staff("directory_staff:imports", request) + "?state=waiting")
