"""Each folder gives its `public_pages` and `staff_pages`; both stand below `voices/`."""

from django.urls import include, path

from .answering import urls as answering
from .becoming_needs import urls as becoming_needs
from .checking import urls as checking
from .following import urls as following
from .giving import urls as giving
from .listing import urls as listing
from .processes import urls as processes
from .votes import urls as votes

_public: list = [
    *giving.public_pages,
    *following.public_pages,
    *processes.public_pages,
    *votes.public_pages,
    *listing.public_pages,
]
public_patterns = [path("voices/", include((_public, "participation")))]

_staff: list = [
    *listing.staff_pages,
    *giving.staff_pages,
    *checking.staff_pages,
    *answering.staff_pages,
    *becoming_needs.staff_pages,
    *processes.staff_pages,
    *votes.staff_pages,
]
staff_patterns = [path("voices/", include((_staff, "participation_staff")))]
