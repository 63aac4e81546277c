"""Fields of action that concepts share, under stable codes, so that one municipality's list can be read as another's.

Two lists: the Region's eight and Laatzen's eight; nine in union.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

REGION, LAATZEN = "region", "laatzen"


@dataclass(frozen=True)
class CommonField:
    """lists: which of the two lists hold it."""

    code: str
    label: "str | _StrPromise"
    lists: frozenset[str]


_BOTH = frozenset({REGION, LAATZEN})

FIELDS: Mapping[str, CommonField] = {
    field.code: field
    for field in (
        CommonField("welcome", _("Culture of welcome"), _BOTH),
        CommonField("housing_living", _("Housing and living"), frozenset({LAATZEN})),
        CommonField("education_language", _("Education and language"), _BOTH),
        CommonField("economy_work", _("Economy and work"), _BOTH),
        CommonField("health_care", _("Health and care"), _BOTH),
        CommonField("participation", _("Participation"), _BOTH),
        CommonField("intercultural_opening", _("Intercultural opening"), _BOTH),
        CommonField("networking", _("Networking"), _BOTH),
        CommonField("refugees", _("Refugees"), frozenset({REGION})),
    )
}


def of_list(name: str) -> list[CommonField]:
    return [field for field in FIELDS.values() if name in field.lists]


def label(code: str) -> str:
    """What people call it; a code of an older catalogue stands for itself."""
    return str(FIELDS[code].label) if code in FIELDS else code
