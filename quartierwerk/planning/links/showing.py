from typing import Any

from ..models import PlanLink


def published(**about: Any) -> list[PlanLink]:
    """`measure=`, `space=` or `concept=`, for visitors."""
    return list(PlanLink.published.filter(**about).order_by("kind", "title"))
