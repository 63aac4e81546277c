"""Every address carries a policy; one without is refused at run time and fails the build.

@open_to_all            no account needed
@signed_in              an account, whatever its roles
@own_account            one's own data, found through the session only
@needs("places.write")  a right in the municipality of the address; others get 404
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from .table import ALLOWED

View = TypeVar("View", bound=Callable)


@dataclass(frozen=True)
class Policy:
    kind: str  # open | signed_in | own | right
    action: str = ""


def _mark(policy: Policy, view: View) -> View:
    view.policy = policy  # type: ignore[attr-defined]
    return view


open_to_all = partial(_mark, Policy("open"))
signed_in = partial(_mark, Policy("signed_in"))
own_account = partial(_mark, Policy("own"))


def needs(action: str) -> Callable[[View], View]:
    if action not in ALLOWED:
        raise KeyError(f"The rights table knows no action {action}.")
    return partial(_mark, Policy("right", action))


def of_view(view) -> Policy | None:
    """The policy a view carries, or None where somebody forgot it."""
    return getattr(view, "policy", None) or getattr(getattr(view, "view_class", None), "policy", None)


def of(match) -> Policy | None:
    """The policy of a resolved address, or None where somebody forgot it."""
    return of_view(match.func)
