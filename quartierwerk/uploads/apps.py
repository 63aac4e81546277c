from django.apps import AppConfig


class UploadsConfig(AppConfig):
    name = "quartierwerk.uploads"
    label = "uploads"
