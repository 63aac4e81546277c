from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlacesConfig(AppConfig):
    name = "quartierwerk.places"
    label = "places"

    def ready(self):
        from quartierwerk.journal import register
        from quartierwerk.rights import may
        from quartierwerk.web.navigation import public_nav, staff_nav

        from .models import SocialSpace

        register.add(
            register.Versioned(
                "quarters",
                SocialSpace,
                "places.write",
                "places.write",
                "places_staff:space",
                title="name",
                # That borders changed is an act of its own, with what follows from it.
                leave_out=("Succession",),
            )
        )
        public_nav.add("quarters", "places:quarters", label=_("Quarters"), section="places", order=20)
        staff_nav.add(
            "spaces",
            "places_staff:spaces",
            label=_("Quarters and areas"),
            section="directory",
            visible=lambda request: may(request.person, "places.read"),
            order=20,
        )
