"""What consent is asked for (data protection §6): never for a public task, only for what goes beyond it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Purpose:
    name: str
    label: "str | _StrPromise"


PUBLISH_NAME = Purpose("publish-name", _("Showing my name as contact on public pages"))
PUBLISH_PICTURE = Purpose("publish-picture", _("Showing pictures of me"))
DISCLOSE = Purpose("disclose", _("Passing my data on to another office or association"))
MATCH = Purpose("match", _("Bringing me together with volunteers"))

ALL = {purpose.name: purpose for purpose in (PUBLISH_NAME, PUBLISH_PICTURE, DISCLOSE, MATCH)}


def label(name: str) -> str:
    return str(ALL[name].label) if name in ALL else name
