from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "quartierwerk.notices"
    label = "notices"

    def ready(self):
        from quartierwerk.languages import register
        from quartierwerk.rights import may
        from quartierwerk.web.navigation import footer_nav, staff_nav

        from .models import Notice

        register.add(
            register.Kind(
                "notices", _("Legal texts"), Notice, "notice-of-text", order="kind", last=True, edited=False
            )
        )
        footer_nav.add("imprint", "imprint", label=Notice.Kind.IMPRINT.label, section="site", order=2)
        footer_nav.add("privacy", "privacy", label=Notice.Kind.PRIVACY.label, section="site", order=4)
        staff_nav.add(
            "municipality",
            "settings",
            label=_("Municipality"),
            section="settings",
            order=5,
            visible=lambda request: may(request.person, "tenants.change"),
        )
