from django.urls import URLPattern, URLResolver, include, path

from .matrix import urls as matrix

public_patterns: list[URLPattern | URLResolver] = []

_staff = [*matrix.staff_pages]
staff_patterns = [path("concept/", include((_staff, "planning_staff")))]
