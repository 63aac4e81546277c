from django.urls import path

from . import public

public_pages = [
    path("plan/", public.plan, name="plan"),
    path("plan/measures/<uuid:pk>/", public.measure, name="measure"),
    path("plan/fields/<uuid:pk>/", public.field, name="field"),
    path("plan/quarters/<uuid:pk>/", public.quarter, name="quarter"),
    path("plan/<slug:concept>/", public.concept, name="concept"),
    path("plan/<slug:concept>/measures/", public.measures, name="measures"),
    path("plan/<slug:concept>/changes/", public.changes, name="changes"),
]
