from django.urls import path

from . import public, staff

public_pages = [
    path("", public.give, name="give"),
    path("ask/", public.ask, name="ask"),
    path("slip/", public.slip, name="slip"),
    path("sheet/", public.sheet, name="sheet"),
]

staff_pages = [
    path("new/", staff.add_voice, name="add_voice"),
    path("<uuid:pk>/code/", staff.new_code, name="new_code"),
    path("<uuid:pk>/slip/", staff.slip, name="slip"),
]
