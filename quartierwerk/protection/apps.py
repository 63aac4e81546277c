from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProtectionConfig(AppConfig):
    name = "quartierwerk.protection"
    label = "protection"

    def ready(self):
        from quartierwerk.rights import may
        from quartierwerk.web import addresses
        from quartierwerk.web.navigation import account_nav, footer_nav, staff_nav

        from . import mails  # noqa: F401  (declares its kinds of mail)

        account_nav.add("own-data", "own-data", label=_("My data"), section="account", order=3)
        footer_nav.add(
            "data-request",
            lambda request: addresses.carrying_language("/me/request/", request),
            label=_("My data"),
            section="site",
            order=8,
        )
        staff_nav.add(
            "data-protection",
            "processing-record",
            label=_("Data protection"),
            section="settings",
            order=8,
            visible=lambda request: may(request.person, "privacy.oversee"),
        )
        staff_nav.add(
            "retention-periods",
            "retention-periods",
            label=_("Retention periods"),
            section="settings",
            order=9,
            visible=lambda request: (
                may(request.person, "privacy.set_periods") and not may(request.person, "privacy.oversee")
            ),
        )
