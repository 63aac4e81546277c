from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "quartierwerk.web"
    label = "web"
    verbose_name = "Web"
