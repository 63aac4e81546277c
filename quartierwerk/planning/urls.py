from django.urls import include, path

from .editions import urls as editions
from .matrix import urls as matrix

_public = [*editions.public_pages]
public_patterns = [path("", include((_public, "planning")))]

_staff = [*matrix.staff_pages, *editions.staff_pages]
staff_patterns = [path("concept/", include((_staff, "planning_staff")))]
