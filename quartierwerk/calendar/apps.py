from django.apps import AppConfig


class CalendarConfig(AppConfig):
    name = "quartierwerk.calendar"
    label = "calendar"
