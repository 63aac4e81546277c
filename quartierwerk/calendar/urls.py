from django.urls import include, path

from . import public, staff

_public = [
    path("", public.month, name="month"),
    path("poster.pdf", public.month_pdf, name="month_pdf"),
    path("town.ics", public.town_ics, name="town_ics"),
    path("quarters/<uuid:pk>/dates.ics", public.quarter_ics, name="quarter_ics"),
    path("<uuid:pk>/", public.date, name="date"),
    path("<uuid:pk>/date.ics", public.date_ics, name="date_ics"),
    path("<uuid:pk>/poster.pdf", public.date_pdf, name="date_pdf"),
]
public_patterns = [path("calendar/", include((_public, "calendar")))]

_staff = [
    path("", staff.dates, name="dates"),
    path("new/", staff.add_date, name="add_date"),
    path("<uuid:pk>/", staff.date, name="date"),
    path("<uuid:pk>/edit/", staff.edit_date, name="edit_date"),
    path("<uuid:pk>/copy/", staff.copy_date, name="copy_date"),
    path("<uuid:pk>/cancel/", staff.cancel_date, name="cancel_date"),
    path("<uuid:pk>/restore/", staff.restore_date, name="restore_date"),
    path("closing-days/", staff.closing_days, name="closing_days"),
    path("closing-days/<uuid:pk>/", staff.edit_closing_day, name="edit_closing_day"),
    path("closing-days/<uuid:pk>/delete/", staff.delete_closing_day, name="delete_closing_day"),
]
staff_patterns = [path("calendar/", include((_staff, "calendar_staff")))]
