from django.urls import path

from . import public, staff

public_pages = [path("heard/", public.heard, name="heard")]

staff_pages = [
    path("", staff.voices, name="voices"),
    path("questions/", staff.questions, name="questions"),
]
