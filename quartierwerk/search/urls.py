from django.urls import include, path

from . import staff

_staff = [
    path("", staff.rings, name="rings"),
    path("new/", staff.add, name="add"),
    path("<uuid:pk>/", staff.ring, name="ring"),
    path("<uuid:pk>/delete/", staff.delete, name="delete"),
]
staff_patterns = [path("synonyms/", include((_staff, "search_staff")))]
