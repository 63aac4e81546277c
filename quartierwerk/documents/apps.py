from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "quartierwerk.documents"
    label = "documents"
