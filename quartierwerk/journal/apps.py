from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "quartierwerk.journal"
    label = "journal"
