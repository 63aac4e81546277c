from django.apps import AppConfig


class ParticipationConfig(AppConfig):
    name = "quartierwerk.participation"
    label = "participation"
