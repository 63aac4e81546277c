from django.urls import path

from . import public, staff

public_pages = [
    path("processes/", public.processes, name="processes"),
    path("processes/<uuid:pk>/", public.process, name="process"),
    path("processes/<uuid:pk>/propose/", public.propose, name="propose"),
    path("processes/<uuid:pk>/groups/", public.groups, name="groups"),
    path("proposals/<uuid:pk>/", public.proposal, name="proposal"),
]
staff_pages = [
    path("processes/", staff.processes, name="processes"),
    path("processes/new/", staff.add_process, name="add_process"),
    path("processes/<uuid:pk>/", staff.process, name="process"),
    path("processes/<uuid:pk>/edit/", staff.edit_process, name="edit_process"),
    path("processes/<uuid:pk>/phases/", staff.phases, name="phases"),
    path("processes/<uuid:pk>/account/", staff.account, name="account"),
    path("processes/<uuid:pk>/proposals/new/", staff.add_proposal, name="add_proposal"),
    path("processes/<uuid:pk>/meetings/", staff.add_meeting, name="add_process_meeting"),
    path("processes/<uuid:pk>/side-formats/", staff.add_side_format, name="add_side_format"),
    path("processes/<uuid:pk>/groups/", staff.group_shares, name="group_shares"),
    path("processes/proposals/<uuid:pk>/", staff.proposal, name="proposal"),
    path("processes/comments/<uuid:pk>/", staff.check_comment, name="check_comment"),
]
