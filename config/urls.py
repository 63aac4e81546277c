"""All addresses. Portal: /{lang}/{tenant}/… · back office: /staff/{tenant}/… · installation: the rest."""

from django.urls import include, path, register_converter

from quartierwerk.barriers import urls as barriers
from quartierwerk.calendar import urls as calendar
from quartierwerk.directory import urls as directory
from quartierwerk.messages import urls as messages
from quartierwerk.notices import urls as notices
from quartierwerk.participation import urls as participation
from quartierwerk.people import urls as people
from quartierwerk.places import urls as places
from quartierwerk.planning import urls as planning
from quartierwerk.protection import urls as protection
from quartierwerk.search import urls as search
from quartierwerk.translating import urls as translating
from quartierwerk.uploads import urls as uploads
from quartierwerk.versions import urls as versions
from quartierwerk.web import urls as web
from quartierwerk.web.converters import LanguageTag

register_converter(LanguageTag, "lang")

portal = [
    path("", include(web.public_patterns)),
    path("", include(notices.public_patterns)),
    path("", include(directory.public_patterns)),
    path("", include(calendar.public_patterns)),
    path("", include(places.public_patterns)),
    path("", include(planning.public_patterns)),
    path("", include(participation.public_patterns)),
    path("", include(uploads.public_patterns)),
]

staff = [
    path("", include(web.staff_patterns)),
    path("", include(barriers.staff_patterns)),
    path("", include(calendar.staff_patterns)),
    path("", include(directory.staff_patterns)),
    path("", include(planning.staff_patterns)),
    path("", include(participation.staff_patterns)),
    path("", include(places.staff_patterns)),
    path("", include(people.staff_patterns)),
    path("", include(notices.staff_patterns)),
    path("", include(protection.staff_patterns)),
    path("", include(search.staff_patterns)),
    path("", include(translating.staff_patterns)),
    path("", include(uploads.staff_patterns)),
    path("", include(versions.staff_patterns)),
]

urlpatterns = [
    path("", include(web.installation)),
    path("", include(messages.installation)),
    path("", include(people.installation)),
    path("", include(protection.installation)),
    path("staff/<slug:tenant>/", include(staff)),
    path("<lang:lang>/<slug:tenant>/", include(portal)),
    path("", include(web.entrance)),
]

handler400 = "quartierwerk.web.errors.bad_request"
handler403 = "quartierwerk.web.errors.forbidden"
handler404 = "quartierwerk.web.errors.not_found"
handler429 = "quartierwerk.web.errors.too_many"
handler500 = "quartierwerk.web.errors.server_error"
