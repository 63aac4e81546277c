from django.urls import path

from . import staff

staff_pages = [
    path("readiness/", staff.board, name="readiness"),
    path("readiness/<uuid:concept>/hints/<int:hint>/", staff.link, name="link_evidence"),
    path("readiness/evidence/<uuid:pk>/", staff.remove, name="remove_evidence"),
    path("campaigns/", staff.campaigns, name="campaigns"),
    path("campaigns/<uuid:pk>/", staff.campaign, name="campaign"),
    path("campaigns/<uuid:pk>/remind/", staff.remind, name="remind_campaign"),
    path("campaigns/<uuid:pk>/close/", staff.close, name="close_campaign"),
    path("campaigns/<uuid:pk>/redact/", staff.redact, name="redact_campaign"),
    path("campaigns/<uuid:pk>/file/", staff.campaign_file, name="campaign_file"),
]
