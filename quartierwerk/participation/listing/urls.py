from django.urls import path

from . import public, staff

public_pages = [
    path("heard/", public.heard, name="heard"),
    path("heard/<uuid:pk>/", public.voice, name="voice"),
    path("answers/<uuid:pk>/", public.answer, name="answer"),
]

staff_pages = [
    path("", staff.voices, name="voices"),
    path("questions/", staff.questions, name="questions"),
    path("answers/<uuid:pk>/", staff.answer, name="answer"),
]
