from django.urls import path

from . import staff

staff_pages = [
    path("concepts/", staff.concepts, name="concepts"),
    path("concepts/new/", staff.add_concept, name="add_concept"),
    path("concepts/<uuid:pk>/", staff.edit_concept, name="edit_concept"),
]
