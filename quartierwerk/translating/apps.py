from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TranslatingConfig(AppConfig):
    name = "quartierwerk.translating"
    label = "translating"

    def ready(self):
        from quartierwerk.rights import may
        from quartierwerk.web.navigation import staff_nav
        from quartierwerk.web.today import today

        from .waiting import texts

        today.add("texts", texts, order=60)
        staff_nav.add(
            "translations",
            "translating:texts",
            label=_("Translations"),
            section="directory",
            order=40,
            visible=lambda request: may(request.person, "texts.translate"),
        )
