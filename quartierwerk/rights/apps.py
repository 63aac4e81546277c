from django.apps import AppConfig


class RightsConfig(AppConfig):
    name = "quartierwerk.rights"
    label = "rights"

    def ready(self):
        from . import checks  # noqa: F401  (checks register themselves)
