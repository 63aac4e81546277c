"""Who asks: a person with the roles she holds now, in values that rules and conditions can read."""

from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from .roles import Duty, Role
from .seats import seats


@dataclass(frozen=True)
class Grant:
    """One role in one municipality, perhaps in one quarter, for one organisation or one team only."""

    role: Role
    tenant_id: int
    space_id: UUID | None = None
    organisation_id: UUID | None = None
    team_id: UUID | None = None


@dataclass(frozen=True)
class Person:
    """The one who acts. Views find it as `request.person`; actions take it as `by`.

    account_id is None for visitors. `tenant_id` is the municipality of the address; rights hold only there.
    """

    account_id: UUID | None = None
    name: str = ""
    tenant_id: int | None = None
    grants: tuple[Grant, ...] = ()
    duties: tuple[tuple[Duty, int], ...] = ()  # each with its municipality
    job: str = ""  # name of the job or command that acts without a person
    everything: bool = field(default=False, repr=False)  # only for named jobs: see `worker`

    def __str__(self):
        return self.name

    @property
    def is_known(self) -> bool:
        return self.account_id is not None

    def grants_here(self) -> tuple[Grant, ...]:
        return tuple(grant for grant in self.grants if grant.tenant_id == self.tenant_id)

    @property
    def role_names(self) -> list[str]:
        return sorted({str(grant.role) for grant in self.grants_here()})

    @cached_property
    def groups(self) -> tuple[UUID, ...]:
        """Groups in which she sits today; read once, and only where something depends on it."""
        return seats.groups_of(self.account_id) if self.account_id else ()

    def has_role(self, *roles: Role) -> bool:
        return any(grant.role in roles for grant in self.grants_here())

    def has_duty(self, duty: Duty) -> bool:
        return (duty, self.tenant_id) in self.duties


VISITOR = Person()


def worker(job: str, tenant_id: int) -> Person:
    """A named job or command of the operator: may do what its code does, and the journal names it."""
    return Person(tenant_id=tenant_id, job=job, everything=True)
