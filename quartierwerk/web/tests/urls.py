"""Addresses of a product with all its sections, before those that exist: the frame is drawn as it will be one day."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.urls import urlpatterns as existing


def empty(request: HttpRequest, **keys: str) -> HttpResponse:
    return HttpResponse("")


urlpatterns = [
    path("accounts/login/", empty, name="account_login"),
    path("accounts/logout/", empty, name="account_logout"),
    path("session/", empty, name="session"),
    path("staff/<slug:tenant>/", empty, name="staff-today"),
    path("staff/<slug:tenant>/offers/", empty, name="staff-offers"),
    path("staff/<slug:tenant>/offers/import/", empty, name="staff-import"),
    path("<slug:lang>/<slug:tenant>/", empty, name="home"),
    path("<slug:lang>/<slug:tenant>/accessibility/", empty, name="accessibility"),
    path("<slug:lang>/<slug:tenant>/offers/", empty, name="offers"),
    path("<slug:lang>/<slug:tenant>/places/", empty, name="places"),
    path("<slug:lang>/<slug:tenant>/calendar/", empty, name="calendar"),
    path("<slug:lang>/<slug:tenant>/voices/", empty, name="voices"),
    path("<slug:lang>/<slug:tenant>/plan/", empty, name="plan"),
    path("<slug:lang>/<slug:tenant>/monitoring/", empty, name="monitoring"),
    *existing,
]
