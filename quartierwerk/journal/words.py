"""What an entry of the journal says in the reader's language.

The catalogues collect every action that the code names literally (`languages/catalogues.py`). What is put together
from a record's kind ("offer changed") says its verb: the kind stands beside it.
"""

from typing import TYPE_CHECKING

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

VERBS: "dict[str, _StrPromise]" = {
    "accepted": _("accepted"),
    "added": _("added"),
    "answered": _("answered"),
    "changed": _("changed"),
    "declined": _("declined"),
    "exported": _("exported"),
    "imported": _("imported"),
    "removed": _("removed"),
    "restored": _("restored"),
    "taken": _("taken over"),
}


def action_in_words(action: str) -> str:
    if (get_language() or "").startswith("en"):
        return action
    words = gettext(action)
    if words != action:
        return words
    if action.startswith("refused "):
        return gettext("access refused")
    verb = action.rpartition(" ")[2]
    return str(VERBS.get(verb, action))
