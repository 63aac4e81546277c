from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "quartierwerk.intake"
    label = "intake"
