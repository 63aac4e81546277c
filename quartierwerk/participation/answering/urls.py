from django.urls import path

from . import staff

staff_pages = [
    path("terms/", staff.settings, name="terms"),
    path("<uuid:pk>/", staff.voice, name="voice"),
    path("<uuid:pk>/take-up/", staff.take_up, name="take_up"),
    path("<uuid:pk>/answer/", staff.answer, name="answer_voice"),
    path("<uuid:pk>/withdraw/", staff.withdraw, name="withdraw_voice"),
    path("<uuid:pk>/photo/", staff.photo, name="voice_photo"),
]
