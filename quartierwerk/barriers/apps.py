from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BarriersConfig(AppConfig):
    name = "quartierwerk.barriers"
    label = "barriers"

    def ready(self):
        from quartierwerk.rights import may
        from quartierwerk.web.accessibility import barrier_desk
        from quartierwerk.web.navigation import staff_nav
        from quartierwerk.web.today import today

        from .actions import receive
        from .staff import waiting

        barrier_desk.receive = receive
        today.add("barriers", waiting, order=5)
        staff_nav.add(
            "barriers",
            "barriers",
            label=_("Barriers reported"),
            section="today",
            visible=lambda request: may(request.person, "barriers.answer"),
            order=50,
        )
