from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class MessagesConfig(AppConfig):
    name = "quartierwerk.messages"
    label = "outbox"  # Django's own app has taken "messages"

    def ready(self):
        autodiscover_modules("mails")  # each package declares its kinds of mail there
        from . import checks  # noqa: F401
