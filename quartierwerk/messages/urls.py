from django.conf import settings
from django.urls import path

from . import public

# Only on one's own machine (development, tests); elsewhere the addresses do not exist.
installation = (
    [
        path("mail/", public.kept_mails, name="mails"),
        path("mail/<uuid:pk>/", public.kept_mail, name="mail"),
    ]
    if settings.MAILS_READ_AT
    else []
)
