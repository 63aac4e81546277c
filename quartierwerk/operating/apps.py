from django.apps import AppConfig


class OperatingConfig(AppConfig):
    name = "quartierwerk.operating"
    label = "operating"
