from django.urls import include, path

from . import public, staff

_public = [path("places/", public.quarters, name="quarters")]
public_patterns = [path("", include((_public, "places")))]

_staff = [
    path("", staff.spaces, name="spaces"),
    path("new/", staff.add_space, name="add_space"),
    path("<uuid:pk>/", staff.space, name="space"),
    path("<uuid:pk>/edit/", staff.edit_space, name="edit_space"),
    path("<uuid:pk>/replace/", staff.replace_space, name="replace_space"),
]
staff_patterns = [path("places/", include((_staff, "places_staff")))]
