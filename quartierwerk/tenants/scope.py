"""Which municipalities the running request, job or command may read and write.

The scope lives in a context variable; the database backend tells it to every connection before the next
statement (`tenants/postgresql/base.py`), where the row-level policies read it. Three lists, because one policy
set serves staff, a Region reading its towns, and public portals (ADR 0002):

    reads      tenants whose rows are read fully, drafts included
    readable   tenants whose public rows are read
    writes     the one tenant that is written; 0 for none
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .models import Tenant


class NoTenant(RuntimeError):
    """A municipal table was asked while no municipality was active. Never catch it: set a scope."""

    def __init__(self) -> None:
        super().__init__(
            "No municipality is active. Enter one with `with scope.entered(scope.staff(tenant))`."
        )


@dataclass(frozen=True)
class Scope:
    reads: tuple[int, ...] = ()
    readable: tuple[int, ...] = ()
    writes: int = 0


NOBODY = Scope()
_active: ContextVar[Scope | None] = ContextVar("scope", default=None)


def active() -> Scope | None:
    return _active.get()


def required() -> Scope:
    if (scope := _active.get()) is None:
        raise NoTenant
    return scope


def writing() -> int:
    """The tenant that new rows belong to."""
    if not (tenant_id := required().writes):
        raise NoTenant
    return tenant_id


@contextmanager
def entered(scope: Scope | None) -> Iterator[Scope | None]:
    token = _active.set(scope)
    try:
        yield scope
    finally:
        _active.reset(token)


def staff(tenant: "Tenant") -> Scope:
    """Own rows fully, public rows of Region and Land above, writing the own ones."""
    return Scope((tenant.pk,), tuple(tenant.lineage), tenant.pk)


def portal(tenant: "Tenant") -> Scope:
    """What a visitor of this municipality's portal sees: public rows of its own and of those above."""
    return Scope((), tuple(tenant.lineage), 0)


def whole_instance(ids: tuple[int, ...]) -> Scope:
    """Public rows of all municipalities of this installation, for addresses without one."""
    return Scope((), ids, 0)
