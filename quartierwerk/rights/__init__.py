"""Who may do what: one table, asked the same way by views, actions, commands and lists.

rights.find_or_404(person, "directory.publish", Offer, pk)   the object through its right, else 404
rights.visible(person, "directory.read", Offer.objects.all())  the rows of a list
rights.may(person, action[, obj]) · rights.require(person, action[, obj])
"""

from .asking import (
    Refused,
    allowed,
    bound_organisations,
    bound_spaces,
    find_or_404,
    may,
    needs_second_factor,
    require,
    visible,
)
from .grants import VISITOR, Grant, Person, worker
from .policies import needs, open_to_all, own_account, signed_in
from .roles import Duty, Role

__all__ = [
    "VISITOR",
    "Duty",
    "Grant",
    "Person",
    "Refused",
    "Role",
    "allowed",
    "bound_organisations",
    "bound_spaces",
    "find_or_404",
    "may",
    "needs",
    "needs_second_factor",
    "open_to_all",
    "own_account",
    "require",
    "signed_in",
    "visible",
    "worker",
]
