from django.urls import path

from . import staff

staff_pages = [
    path("context/", staff.context_changes, name="context_changes"),
    path("context/new/", staff.add_context_change, name="add_context_change"),
    path("context/<uuid:pk>/", staff.context_change, name="context_change"),
    path("context/<uuid:pk>/edit/", staff.edit_context_change, name="edit_context_change"),
    path("context/<uuid:pk>/follow-up/", staff.follow_up, name="follow_up"),
    path("context/<uuid:pk>/measures/", staff.context_measures, name="context_measures"),
]
