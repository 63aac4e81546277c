"""The kinds of mail. Packages declare theirs in `mails.py`:

    kinds.register(
        Kind(
            "invitation",
            subject=_("Invitation to {municipality}"),
            sentences=(_("You have been invited to work with {municipality}."),),
            link_label=_("Accept the invitation here:"),
            after=(_("The link is valid for {days} days."),),
            values=frozenset({"days"}),
            secret=True,
        )
    )

A mail says no more than it must (data protection §8): a greeting, a link to where the matter stands behind a
log-in, and what to do when the mail came to the wrong person. Whoever adds a value makes sure it is no personal datum.
"""

from dataclasses import dataclass
from string import Formatter
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words = str | _StrPromise

# Known to every mail. A subject is shown on locked screens and in logs of mail servers: no name, no value.
IN_SUBJECT = frozenset({"municipality"})


@dataclass(frozen=True)
class Kind:
    """name       stays the same for ever, also in keys
    sentences  one paragraph each, before the link; after: the same behind it
    values     further names in braces that `context` must give, numbers and dates above all
    secret     the link opens something by itself: the text is emptied as soon as the mail is out
    """

    name: str
    subject: "Words"
    sentences: "tuple[Words, ...]"
    link_label: "Words" = ""
    after: "tuple[Words, ...]" = ()
    values: frozenset[str] = frozenset()
    secret: bool = False

    def texts(self) -> "tuple[Words, ...]":
        return (*self.sentences, self.link_label, *self.after)


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    if kind.name in _kinds:
        raise ValueError(f"Two kinds of mail are named {kind.name}.")
    _kinds[kind.name] = kind
    return kind


def kind_of(name: str) -> Kind:
    return _kinds[name]


def all_kinds() -> list[Kind]:
    return list(_kinds.values())


def placeholders(text: str) -> set[str]:
    return {name for _text, name, _format, _conversion in Formatter().parse(text) if name is not None}


register(
    Kind(
        "test",
        subject=_("Test mail"),
        sentences=(_("This mail shows that Quartierwerk can send mails. You need not do anything."),),
    )
)


def is_secret(name: str) -> bool:
    """Whether the text must not stay once the mail is out. A library's mail (log-in, confirmation) always is."""
    kind = _kinds.get(name)
    return kind is None or kind.secret
