from django.urls import path

from . import staff

staff_pages = [path("recent/", staff.recent, name="recent")]
