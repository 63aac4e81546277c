"""Where what somebody writes counts only after a check: this place is filled by the package that looks after checks.

    checking.use(Checking(opened, notes, cancelled, …))      once, in `apps.ready()`

Without one everything counts at once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from django.contrib import messages
from django.utils.translation import gettext as _

from quartierwerk.rights import Person

from . import actions
from .models import PublicDate


class Draft(Protocol):
    """One opened form. data: what it is bound to, sent just now or kept with what waits."""

    @property
    def data(self) -> Any: ...
    def show(self, page: Any) -> None: ...
    def save(self, page: Any, save: Callable[[Any, Person], PublicDate]) -> PublicDate: ...
    def tell(self) -> None: ...


@dataclass(frozen=True)
class Checking:
    """
    opened     (request, record) → the form's draft; its `save` raises EditedMeanwhile or SentMeanwhile
    notes      (request, record) → what the templates need
    cancelled  (request, record, why) → whether the reason waits; the cancelling itself never does
    restored   (request, record): it takes place after all
    meanwhile  raised where a colleague sent something else since the form was opened
    """

    opened: Callable[[Any, PublicDate], Draft]
    notes: Callable[[Any, PublicDate], dict[str, Any]]
    cancelled: Callable[[Any, PublicDate, str], bool]
    restored: Callable[[Any, PublicDate], None]
    meanwhile: type[Exception]
    on_form: str
    on_page: str


@dataclass
class AtOnce:
    request: Any

    @property
    def data(self) -> Any:
        return self.request.POST if self.request.method == "POST" else None

    def show(self, page: Any) -> None:
        pass

    def save(self, page: Any, save: Callable[[Any, Person], PublicDate]) -> PublicDate:
        return save(page, self.request.person)

    def tell(self) -> None:
        messages.success(self.request, _("Saved."))


class NeverSent(Exception):
    """Stands where nothing waits, so nobody can have sent anything meanwhile."""


def _cancel(request: Any, record: PublicDate, why: str) -> bool:
    actions.cancel_date(record, why, by=request.person)
    return False


def _restore(request: Any, record: PublicDate) -> None:
    actions.restore_date(record, by=request.person)


AT_ONCE = Checking(
    lambda request, record: AtOnce(request),
    lambda request, record: {},
    _cancel,
    _restore,
    NeverSent,
    "",
    "",
)
_used = [AT_ONCE]


def use(checking: Checking) -> None:
    _used[0] = checking


def here() -> Checking:
    return _used[0]
