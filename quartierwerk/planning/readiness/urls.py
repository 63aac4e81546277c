from django.urls import path

from . import staff

staff_pages = [
    path("readiness/", staff.board, name="readiness"),
    path("readiness/<uuid:concept>/hints/<int:hint>/", staff.link, name="link_evidence"),
    path("readiness/evidence/<uuid:pk>/", staff.remove, name="remove_evidence"),
    path("readiness/campaigns/", staff.campaigns, name="campaigns"),
    path("readiness/campaigns/<uuid:pk>/", staff.campaign, name="campaign"),
    path("readiness/campaigns/<uuid:pk>/remind/", staff.remind, name="remind_campaign"),
    path("readiness/campaigns/<uuid:pk>/close/", staff.close, name="close_campaign"),
    path("readiness/campaigns/<uuid:pk>/redact/", staff.redact, name="redact_campaign"),
    path("readiness/campaigns/<uuid:pk>/file/", staff.campaign_file, name="campaign_file"),
]
