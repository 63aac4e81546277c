from django.urls import path

from . import staff

staff_pages = [
    path("week/", staff.week, name="week"),
    path("week/mail/", staff.switch, name="switch_mail"),
]
