from django.urls import include, path

from . import public, staff

_public = [path("<uuid:pk>/<slug:size>/", public.file, name="file")]
public_patterns = [path("pictures/", include((_public, "pictures")))]

_staff = [
    path("", staff.pictures, name="pictures"),
    path("new/", staff.add_picture, name="add_picture"),
    path("<uuid:pk>/", staff.picture, name="picture"),
    path("<uuid:pk>/delete/", staff.delete, name="delete"),
    path("<uuid:pk>/files/<slug:size>/", staff.file, name="file"),
]
staff_patterns = [path("pictures/", include((_staff, "pictures_staff")))]
