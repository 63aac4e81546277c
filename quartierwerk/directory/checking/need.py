from quartierwerk.calendar.models import PublicDate
from quartierwerk.rights import Person, may
from quartierwerk.tenants.models import Visibility

from ..models import Offer, Organisation
from . import rules


def needs_check(record: Offer | Organisation | PublicDate, by: Person) -> bool:
    """Whether what this person changes in the record waits for a check."""
    return _waits(record, by, record.visibility == Visibility.PUBLIC)


def publication_needs_check(record: Offer | PublicDate, by: Person) -> bool:
    return _waits(record, by, True)


def _waits(record: Offer | Organisation | PublicDate, by: Person, is_public: bool) -> bool:
    return rules.must_wait(
        record.tenant.changes_are_checked, may(by, "directory.check_changes", record), is_public
    )
