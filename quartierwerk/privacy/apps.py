from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PrivacyConfig(AppConfig):
    name = "quartierwerk.privacy"
    label = "privacy"

    def ready(self):
        autodiscover_modules("records")  # each package declares its models there
        from . import checks  # noqa: F401
