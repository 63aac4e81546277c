from django.urls import path

from . import staff

staff_pages = [
    path("together/", staff.joint_work, name="joint_work"),
    path("together/measures/", staff.joint_measures, name="joint_measures"),
    path("responsibilities/", staff.responsibilities, name="responsibilities"),
    path("ranking/", staff.ranking, name="ranking"),
    path("ranking/<uuid:pk>/", staff.place_measure, name="place_measure"),
]
