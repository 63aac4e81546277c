from django.urls import path

from . import staff

staff_pages = [
    path("groups/", staff.groups, name="groups"),
    path("groups/new/", staff.add_group, name="add_group"),
    path("groups/<uuid:pk>/", staff.group, name="group"),
    path("groups/<uuid:pk>/edit/", staff.edit_group, name="edit_group"),
    path("mandate/", staff.questions, name="questions"),
    path("mandate/new/", staff.add_question, name="add_question"),
    path("mandate/<uuid:pk>/", staff.edit_question, name="question"),
]
