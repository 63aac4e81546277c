from django.apps import AppConfig


class ChainConfig(AppConfig):
    name = "quartierwerk.chain"
    label = "chain"

    def ready(self):
        from . import checks  # noqa: F401  (checks register themselves)
