from django.apps import AppConfig


class VersionsConfig(AppConfig):
    name = "quartierwerk.versions"
    label = "versions"
