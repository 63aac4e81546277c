from django.urls import include, path

from . import staff, staff_original

_staff = [
    path("", staff.texts, name="texts"),
    path("readability/", staff.readability, name="readability"),
    path("<slug:kind>/<uuid:pk>/original/", staff_original.original, name="original"),
    path("<slug:kind>/<uuid:pk>/<str:language>/", staff.text, name="text"),
]
staff_patterns = [path("translations/", include((_staff, "translating")))]
