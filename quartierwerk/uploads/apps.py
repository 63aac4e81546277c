from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UploadsConfig(AppConfig):
    name = "quartierwerk.uploads"
    label = "uploads"

    def ready(self):
        from quartierwerk.languages import register
        from quartierwerk.rights import may
        from quartierwerk.web.navigation import staff_nav

        from .models import Picture

        register.add(
            register.Kind(
                "pictures",
                _("Pictures"),
                Picture,
                "pictures_staff:picture",
                title="alt",
                order="alt",
                last=True,
            )
        )
        staff_nav.add(
            "pictures",
            "pictures_staff:pictures",
            label=_("Pictures"),
            section="directory",
            order=35,
            visible=lambda request: may(request.person, "pictures.read"),
        )
