from django.apps import AppConfig


class OperatingConfig(AppConfig):
    name = "quartierwerk.operating"
    label = "operating"

    def ready(self):
        from . import checks, start_checks  # noqa: F401  (they register themselves)
