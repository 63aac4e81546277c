from django.apps import AppConfig
from django.db.models.signals import post_migrate


class TenantsConfig(AppConfig):
    name = "quartierwerk.tenants"
    label = "tenants"

    def ready(self):
        from . import checks, migration_state, walls  # noqa: F401  (checks register themselves)

        migration_state.draw_less()
        post_migrate.connect(walls.raise_after_migrate, dispatch_uid="walls")
