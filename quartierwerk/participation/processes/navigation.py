"""Where processes stand in the menus."""

from django.utils.translation import gettext_lazy as _

from quartierwerk.rights import may
from quartierwerk.web.navigation import public_nav, staff_nav


def register() -> None:
    public_nav.add("processes", "participation:processes", label=_("Taking part"), section="voices", order=20)
    staff_nav.add(
        "processes",
        "participation_staff:processes",
        label=_("Processes"),
        section="voices",
        order=40,
        visible=lambda request: may(request.person, "processes.read"),  # type: ignore[attr-defined]
    )
