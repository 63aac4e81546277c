from django.urls import path

from . import public, staff
from .models import Notice

public_patterns = [
    path("imprint/", public.imprint, name="imprint"),
    path("privacy/", public.privacy, name="privacy"),
]
staff_patterns = [
    path("settings/", staff.settings, name="settings"),
    *(
        path(f"settings/{kind}/", staff.notice, {"kind": kind}, name=f"notice-{kind}")
        for kind in Notice.Kind.values
    ),
    path("notices/<uuid:pk>/", staff.of_text, name="notice-of-text"),
]
