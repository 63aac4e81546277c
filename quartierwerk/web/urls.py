"""Addresses of the frame itself: start page, error pages' neighbours, gallery."""

from django.urls import path

from . import accessibility, gallery, public, session

installation = [
    path("", public.find_municipality, name="find"),
    path("session/", session.session, name="session"),
]
public_patterns = [
    path("", public.home, name="home"),
    path("accessibility/", accessibility.accessibility, name="accessibility"),
]
staff_patterns = [path("gallery/", gallery.gallery, name="gallery")]
