from django.urls import path

from . import public, staff

public_pages = [
    path(
        "plan/<slug:concept>/editions/<int:number>/concept.<slug:format>",
        public.edition_file,
        name="edition_file",
    ),
]

staff_pages = [
    path("papers/", staff.papers, name="papers"),
    path("papers/<slug:concept>/<slug:paper>.<slug:format>", staff.paper, name="paper"),
    path("editions/<uuid:pk>/<slug:paper>.<slug:format>", staff.edition_paper, name="edition_paper"),
]
