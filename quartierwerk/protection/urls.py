from django.urls import path

from . import public, staff

installation = [
    path("me/", public.own_data, name="own-data"),
    path("me/data.json", public.own_data_file, name="own-data-file"),
    path("me/erase/", public.erase, name="erase-own-data"),
    path("me/erased/", public.erased, name="data-erased"),
    path("me/consents/<uuid:pk>/withdraw/", public.withdraw, name="withdraw-consent"),
    path("me/consents/<slug:slug>/<slug:purpose>/", public.answer_consent, name="answer-consent"),
    path("me/request/", public.ask, name="data-request"),
    path("me/request/sent/", public.sent, name="data-request-sent"),
    path("me/request/open/", public.use_link, name="use-data-request"),
    path("me/request/open/<str:token>/", public.open_link, name="open-data-request"),
    path("me/request/found/", public.found_data, name="found-data"),
    path("me/request/found/data.json", public.found_data_file, name="found-data-file"),
    path("me/request/found/erase/", public.erase_found, name="erase-found-data"),
]

public_patterns: list = []

staff_patterns = [
    path("protection/", staff.processing_record, name="processing-record"),
    path("protection/record.csv", staff.processing_record_file, name="processing-record-file"),
    path("protection/periods/", staff.periods, name="retention-periods"),
    path("protection/periods/<uuid:pk>/confirm/", staff.confirm_period, name="confirm-period"),
    path("protection/holds/", staff.holds, name="holds"),
    path("protection/holds/<uuid:pk>/end/", staff.end_hold, name="end-hold"),
    path("protection/protocol/", staff.protocol, name="deletion-protocol"),
]
