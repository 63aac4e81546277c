"""What follows once an import is certain."""

from contextlib import suppress

from quartierwerk.search import keeping
from quartierwerk.search.index import Busy


def tell_index(tenant_id: int) -> None:
    """Called after the commit of an import: it ends with a current index, written here unless a worker is at it."""
    with suppress(Busy):
        keeping.bring_up_to_date(wait=5.0)
