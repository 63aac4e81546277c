from django.urls import path

from . import staff

staff_pages = [path("<uuid:pk>/need/", staff.make_need, name="make_need")]
