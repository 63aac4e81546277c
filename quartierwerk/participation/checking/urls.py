from django.urls import path

from . import staff

staff_pages = [path("<uuid:pk>/check/", staff.check, name="check_voice")]
