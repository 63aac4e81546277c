from django.urls import path

from . import public, staff

public_pages = [
    path("plan/<slug:concept>/principle/", public.principle, name="principle"),
    path("plan/<slug:concept>/principle/<int:number>/", public.principle, name="principle_version"),
]

staff_pages = [
    path("principle/", staff.principles, name="principles"),
    path("principle/<uuid:pk>/", staff.principle, name="principle"),
    path("principle/<uuid:pk>/write/", staff.write, name="write_principle"),
    path("principle/<uuid:pk>/step/", staff.step, name="principle_step"),
    path("principle/<uuid:pk>/adopt/", staff.adopt, name="adopt_principle"),
    path("principle/<uuid:pk>/redact/", staff.redact, name="redact_principle"),
    path("principle/<uuid:pk>/comments/", staff.comment, name="comment_principle"),
    path("principle/<uuid:pk>/comments/<uuid:comment>/", staff.answer, name="answer_principle_comment"),
    path("principle/<uuid:pk>/next/", staff.open_version, name="next_principle"),
    path("principle/paragraphs/<uuid:pk>/", staff.paragraph, name="principle_paragraph"),
    path("measures/<uuid:pk>/principle/<uuid:principle>/", staff.cite, name="cite_principle"),
]
