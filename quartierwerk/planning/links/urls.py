from django.urls import path

from . import staff

staff_pages = [
    path("plan-links/", staff.plan_links, name="plan_links"),
    path("plan-links/new/", staff.add_plan_link, name="add_plan_link"),
    path("plan-links/<uuid:pk>/", staff.edit_plan_link, name="plan_link"),
]
