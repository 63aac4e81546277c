from django.urls import include, path

from . import staff

_staff = [
    path("", staff.texts, name="texts"),
    path("readability/", staff.readability, name="readability"),
    path("<slug:kind>/<uuid:pk>/<str:language>/", staff.text, name="text"),
]
staff_patterns = [path("translations/", include((_staff, "translating")))]
