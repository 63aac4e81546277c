from django.urls import path

from . import public, staff

public_pages = [
    path("plan/kick-off/<uuid:pk>/", public.kick_off, name="kick_off"),
    path("plan/kick-off/<uuid:pk>/invitation.pdf", public.invitation_pdf, name="kick_off_invitation"),
]
staff_pages = [
    path("kick-offs/", staff.kick_offs, name="kick_offs"),
    path("kick-offs/new/", staff.add_kick_off, name="add_kick_off"),
    path("kick-offs/<uuid:pk>/", staff.kick_off, name="kick_off"),
    path("kick-offs/<uuid:pk>/results/", staff.enter_results, name="enter_results"),
    path("kick-offs/<uuid:pk>/outcome/", staff.write_outcome, name="write_outcome"),
]
