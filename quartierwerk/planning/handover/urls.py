from django.urls import path

from . import staff

staff_pages = [
    path("hand-over/", staff.hand_overs, name="hand_overs"),
    path("hand-over/<slug:kind>/<uuid:pk>/", staff.hand_over, name="hand_over"),
]
