from django.urls import path

from . import staff

staff_patterns = [
    path("barriers/", staff.barriers, name="barriers"),
    path("barriers/<uuid:pk>/answered/", staff.answered, name="barrier-answered"),
]
