from django.urls import path

from . import staff

staff_pages = [
    path("fields/upward/", staff.upward_report, name="upward"),
    path("fields/upward/file/", staff.upward_file, name="upward_file"),
]
