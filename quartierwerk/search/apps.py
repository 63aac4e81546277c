from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "quartierwerk.search"
    label = "search"

    def ready(self):
        from quartierwerk.rights import may
        from quartierwerk.web.navigation import staff_nav

        from . import triggers

        staff_nav.add(
            "synonyms",
            "search_staff:rings",
            label=_("Words of the search"),
            section="directory",
            order=60,
            visible=lambda request: may(request.person, "synonyms.write"),
        )

        post_migrate.connect(triggers.raise_after_migrate, dispatch_uid="search triggers")
