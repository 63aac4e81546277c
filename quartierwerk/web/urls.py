"""Addresses of the frame itself: start page, error pages' neighbours, gallery."""

from django.urls import path

from . import public

installation = [path("", public.find_municipality, name="find")]
public_patterns = [path("", public.home, name="home")]
staff_patterns: list = []
