from django.urls import path

from . import public, staff

public_pages = [
    path("processes/<uuid:pk>/vote/", public.vote, name="vote"),
    path("codes/<uuid:pk>/<str:token>/", public.draw, name="draw"),
]
staff_pages = [
    path("processes/<uuid:pk>/vote/", staff.set_up, name="set_up_vote"),
    path("processes/votes/<uuid:pk>/", staff.vote, name="vote"),
    path("processes/votes/<uuid:pk>/roll/", staff.extend_roll, name="extend_roll"),
    path("processes/votes/<uuid:pk>/handed-out/", staff.hand_out, name="hand_out"),
    path("processes/votes/<uuid:pk>/links/", staff.send_links, name="send_links"),
    path("processes/votes/<uuid:pk>/slips/", staff.print_slips, name="print_slips"),
    path("processes/votes/<uuid:pk>/ballot.pdf", staff.paper_ballot, name="paper_ballot"),
    path("processes/votes/<uuid:pk>/paper/", staff.type_in, name="type_in"),
    path("processes/votes/<uuid:pk>/count/", staff.count, name="count_vote"),
]
