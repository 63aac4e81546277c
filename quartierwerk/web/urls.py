"""Addresses of the frame itself: start page, error pages' neighbours, gallery."""

from django.urls import path

from . import accessibility, gallery, public, session, staff_work

installation = [
    path("", public.find_municipality, name="find"),
    path("session/", session.session, name="session"),
]
# After all other addresses of the installation, as it takes any word.
entrance = [path("<slug:name>/", public.entrance, name="entrance")]
public_patterns = [
    path("", public.home, name="home"),
    path("accessibility/", accessibility.accessibility, name="accessibility"),
]
staff_patterns = [
    path("work/", staff_work.work, name="staff-work"),
    path("gallery/", gallery.gallery, name="gallery"),
]
