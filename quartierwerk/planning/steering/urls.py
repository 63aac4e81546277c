from django.urls import path

from . import staff

staff_pages = [
    path("meetings/", staff.meetings, name="meetings"),
    path("meetings/<uuid:pk>/", staff.meeting, name="meeting"),
]
