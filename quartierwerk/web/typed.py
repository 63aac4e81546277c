"""Forms show again what somebody typed before the session ended.

While such a page is drawn, every form that the kept values fit shows them instead of its initial ones; views and
templates need not know. Who keeps the values, and for whom, is decided in `people.kept`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.forms import widgets

if TYPE_CHECKING:
    from django.forms import BaseForm
    from django.forms.boundfield import BoundField
    from django.http import QueryDict


@dataclass(frozen=True)
class Typed:
    data: QueryDict
    target: str
    page: str
    had_files: bool
    url: str
    discard_url: str


_active: ContextVar[Typed | None] = ContextVar("typed", default=None)

# A browser sends nothing for them when nothing is chosen.
_MAY_BE_MISSING = (widgets.RadioSelect, widgets.SelectMultiple)
NEVER_KEPT = (widgets.FileInput, widgets.PasswordInput)


@contextmanager
def shown_again(typed: Typed | None) -> Iterator[None]:
    token = _active.set(typed)
    try:
        yield
    finally:
        _active.reset(token)


def active() -> Typed | None:
    return _active.get()


def fits(form: BaseForm) -> bool:
    """Whether a browser showing this form would have sent the kept values."""
    typed = _active.get()
    if typed is None or form.is_bound:
        return False
    sent = 0
    for name, field in form.fields.items():
        if field.disabled or isinstance(field.widget, NEVER_KEPT):
            continue
        html_name = form.add_prefix(name)
        if field.widget.value_omitted_from_data(typed.data, {}, html_name):
            if not isinstance(field.widget, _MAY_BE_MISSING):
                return False
        else:
            sent += html_name in typed.data
    return sent > 0


def value(bound: BoundField) -> Any:
    """The kept value of a field whose form fits."""
    typed = _active.get()
    assert typed is not None  # noqa: S101  (asked after `fits`)
    raw = bound.field.widget.value_from_datadict(typed.data, {}, bound.html_name)  # type: ignore[arg-type]
    return bound.field.prepare_value(raw)
