from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "quartierwerk.documents"
    label = "documents"

    def ready(self):
        from quartierwerk.places.register import register

        from . import of_places

        register.drawn_by(of_places.draw)
