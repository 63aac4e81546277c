"""Each folder gives its `public_pages` and `staff_pages`; both stand below `voices/`."""

from django.urls import include, path

_public: list = []
public_patterns = [path("voices/", include((_public, "participation")))]

_staff: list = []
staff_patterns = [path("voices/", include((_staff, "participation_staff")))]
