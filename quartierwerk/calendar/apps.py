from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CalendarConfig(AppConfig):
    name = "quartierwerk.calendar"
    label = "calendar"

    def ready(self):
        from quartierwerk.languages import register as texts
        from quartierwerk.rights import may
        from quartierwerk.web.navigation import public_nav, staff_nav

        from . import dates, register
        from .models import PublicDate

        register.add(dates.SOURCE)
        texts.add(
            texts.Kind("dates", _("Dates"), PublicDate, "calendar_staff:date", order="starts_on", last=True)
        )
        public_nav.add("calendar", "calendar:month")
        staff_nav.add(
            "dates",
            "calendar_staff:dates",
            label=_("Dates"),
            section="quarter",
            order=30,
            visible=lambda request: may(request.person, "calendar.read"),
        )
