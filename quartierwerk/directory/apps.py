from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "quartierwerk.directory"
    label = "directory"
