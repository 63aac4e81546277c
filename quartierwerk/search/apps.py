from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SearchConfig(AppConfig):
    name = "quartierwerk.search"
    label = "search"

    def ready(self):
        from . import triggers

        post_migrate.connect(triggers.raise_after_migrate, dispatch_uid="search triggers")
