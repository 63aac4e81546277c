from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "quartierwerk.people"
    label = "people"
