from django.urls import include, path

from .context import urls as context
from .digest import urls as digest
from .editions import urls as editions
from .handover import urls as handover
from .home import urls as home
from .kickoff import urls as kickoff
from .links import urls as links
from .matrix import urls as matrix
from .measures import urls as measures
from .paper import urls as paper
from .parent import urls as parent
from .principles import urls as principles
from .readiness import urls as readiness
from .selfcheck import urls as selfcheck
from .showing import urls as showing
from .steering import urls as steering
from .steering.groups import urls as groups
from .strands import urls as strands
from .together import urls as together

_public = [
    *editions.public_pages,
    *principles.public_pages,
    *measures.public,
    *kickoff.public_pages,
    *showing.public_pages,
    *paper.public_pages,
]
public_patterns = [path("", include((_public, "planning")))]

_staff = [
    *matrix.staff_pages,
    *editions.staff_pages,
    *principles.staff_pages,
    *readiness.staff_pages,
    *steering.staff_pages,
    *groups.staff_pages,
    *handover.staff_pages,
    *kickoff.staff_pages,
    *links.staff_pages,
    *home.staff_pages,
    *strands.staff_pages,
    *selfcheck.staff_pages,
    *parent.staff_pages,
    *context.staff_pages,
    *together.staff_pages,
    *measures.staff_pages,
    *paper.staff_pages,
    *digest.staff_pages,
]
staff_patterns = [path("concept/", include((_staff, "planning_staff")))]
