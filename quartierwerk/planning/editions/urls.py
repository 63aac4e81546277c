from django.urls import path

from . import public, staff

public_pages = [
    path("plan/<slug:concept>/editions/", public.editions, name="editions"),
    path("plan/<slug:concept>/editions/<int:number>/", public.edition, name="edition"),
]

staff_pages = [
    path("editions/", staff.editions, name="editions"),
    path("editions/<uuid:pk>/", staff.edition, name="edition"),
    path("editions/<uuid:pk>/compare/", staff.compare, name="compare_edition"),
    path("editions/<uuid:pk>/step/", staff.step, name="edition_step"),
    path("editions/<uuid:pk>/defer/", staff.defer, name="defer_measure"),
    path("editions/<uuid:pk>/comments/", staff.comment, name="comment_edition"),
    path("editions/<uuid:pk>/comments/<uuid:comment>/", staff.answer, name="answer_comment"),
    path("editions/<uuid:pk>/adopt/", staff.adopt, name="adopt_edition"),
    path("editions/<uuid:pk>/redact/", staff.redact, name="redact_edition"),
]
