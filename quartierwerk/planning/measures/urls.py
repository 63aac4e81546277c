from django.urls import path

from . import staff, staff_edit, staff_steps
from .update import public as update_public
from .update import staff as update_staff

public = [path("plan/report/<str:token>/", update_public.update, name="update")]

staff_pages = [
    path("needs/", staff.need_list, name="needs"),
    path("needs/new/", staff_edit.add_need, name="add_need"),
    path("needs/<uuid:pk>/", staff.need, name="need"),
    path("needs/<uuid:pk>/edit/", staff_edit.edit_need, name="edit_need"),
    path("needs/<uuid:pk>/move/", staff_steps.move_need, name="move_need"),
    path("measures/", staff.measure_list, name="measures"),
    path("measures/new/", staff_edit.add_measure, name="add_measure"),
    path("measures/<uuid:pk>/", staff.measure, name="measure"),
    path("measures/<uuid:pk>/edit/", staff_edit.edit_measure, name="edit_measure"),
    path("measures/<uuid:pk>/move/", staff_steps.move_measure, name="move_measure"),
    path("measures/<uuid:pk>/light/", staff_steps.measure_light, name="measure_light"),
    path("measures/<uuid:pk>/report/", update_staff.report_measure, name="report_measure"),
    path("goals/", staff.goal_list, name="goals"),
    path("goals/new/", staff_edit.add_goal, name="add_goal"),
    path("goals/<uuid:pk>/", staff.goal, name="goal"),
    path("goals/<uuid:pk>/edit/", staff_edit.edit_goal, name="edit_goal"),
    path("obstacles/", staff.obstacle_list, name="obstacles"),
    path("obstacles/new/", staff_edit.add_obstacle, name="add_obstacle"),
    path("obstacles/<uuid:pk>/", staff.obstacle, name="obstacle"),
    path("obstacles/<uuid:pk>/edit/", staff_edit.edit_obstacle, name="edit_obstacle"),
    path("posts/", staff.post_list, name="posts"),
    path("posts/new/", staff_edit.add_post, name="add_post"),
    path("posts/<uuid:pk>/", staff.post, name="post"),
    path("posts/<uuid:pk>/edit/", staff_edit.edit_post, name="edit_post"),
    path("posts/<uuid:pk>/money/", staff_steps.post_money, name="post_money"),
    path("teams/", staff.team_list, name="teams"),
    path("teams/new/", staff_edit.add_team, name="add_team"),
    path("teams/<uuid:pk>/", staff.team, name="team"),
    path("teams/<uuid:pk>/edit/", staff_edit.edit_team, name="edit_team"),
    path("teams/<uuid:pk>/ask/", update_staff.send_link, name="send_link"),
    path("<slug:kind>/<uuid:pk>/link/<slug:other>/", staff.tie, name="tie"),
]
