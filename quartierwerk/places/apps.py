from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "quartierwerk.places"
    label = "places"
