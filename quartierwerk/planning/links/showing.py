from typing import Any

from django.utils.translation import gettext_lazy

from ..models import PlanLink

# Named here once more, since everybody reads them here: what only staff meet is not translated into all languages.
KINDS = {
    PlanLink.Kind.URBAN_DEVELOPMENT_PLAN: gettext_lazy("Urban development plan"),
    PlanLink.Kind.PROGRAMME_AREA: gettext_lazy("Area of a funding programme"),
    PlanLink.Kind.DOCUMENT: gettext_lazy("Other document"),
}


def published(**about: Any) -> list[tuple[Any, PlanLink]]:
    """`measure=`, `space=` or `concept=`, for visitors: what each is, and the link."""
    rows = PlanLink.published.filter(**about).order_by("kind", "title")
    return [(KINDS[PlanLink.Kind(one.kind)], one) for one in rows]
