from django.urls import path

from . import staff

staff_pages = [
    path("self-checks/", staff.self_checks, name="self_checks"),
    path("self-checks/<uuid:pk>/", staff.self_check, name="self_check"),
    path("self-checks/<uuid:pk>/<int:year>/", staff.fill_in_self_check, name="fill_in_self_check"),
]
