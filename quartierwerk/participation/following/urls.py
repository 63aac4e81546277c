from django.urls import path

from . import public

public_pages = [
    path("code/", public.follow, name="follow"),
    path("mine/", public.mine, name="mine"),
    path("mine/not-solved/", public.not_solved, name="not_solved"),
    path("mine/withdraw/", public.withdraw, name="withdraw"),
    path("mine/no-messages/", public.no_notices, name="no_notices"),
    path("leave/", public.leave, name="leave"),
]
