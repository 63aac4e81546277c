from django.urls import include, path

from . import staff

_staff = [
    path("<slug:kind>/<uuid:pk>/", staff.history, name="history"),
    path("<slug:kind>/<uuid:pk>/<int:moment>/", staff.version, name="version"),
]
staff_patterns = [path("history/", include((_staff, "versions")))]
