"""Addresses of accounts. Of allauth's only those that we use, each with a policy of its own."""

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkey
from allauth.socialaccount import views as social
from allauth.socialaccount.providers.openid_connect import views as oidc
from allauth.usersessions import views as sessions
from django.urls import path, re_path

from quartierwerk.rights import open_to_all, own_account
from quartierwerk.web.once import may_repeat

from . import public, staff


def _entrance(view):
    """Open, and sending the form again is harmless: it must leave no digest of a password behind."""
    return may_repeat(open_to_all(view))


_sign_in = [
    path("accounts/login/", _entrance(account.login), name="account_login"),
    path("accounts/logout/", _entrance(account.logout), name="account_logout"),
    path("accounts/inactive/", open_to_all(account.account_inactive), name="account_inactive"),
    path("accounts/signup/", open_to_all(public.no_sign_up), name="account_signup"),
    path("accounts/password/reset/", _entrance(account.password_reset), name="account_reset_password"),
    path(
        "accounts/password/reset/done/",
        open_to_all(account.password_reset_done),
        name="account_reset_password_done",
    ),
    re_path(
        r"^accounts/password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        _entrance(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "accounts/password/reset/key/done/",
        open_to_all(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path(
        "accounts/confirm-email/",
        open_to_all(account.email_verification_sent),
        name="account_email_verification_sent",
    ),
    re_path(
        r"^accounts/confirm-email/(?P<key>[-:\w]+)/$",
        open_to_all(account.confirm_email),
        name="account_confirm_email",
    ),
    path("accounts/2fa/authenticate/", _entrance(factor.authenticate), name="mfa_authenticate"),
    path("accounts/2fa/passkeys/login/", _entrance(passkey.login_webauthn), name="mfa_login_webauthn"),
]

_municipal_sign_in = [
    path("accounts/oidc/<str:provider_id>/login/", open_to_all(oidc.login), name="openid_connect_login"),
    path(
        "accounts/oidc/<str:provider_id>/login/callback/",
        open_to_all(oidc.callback),
        name="openid_connect_callback",
    ),
    path(
        "accounts/oidc/cancelled/", open_to_all(social.login_cancelled), name="socialaccount_login_cancelled"
    ),
    path("accounts/oidc/error/", open_to_all(social.login_error), name="socialaccount_login_error"),
    path("accounts/oidc/signup/", open_to_all(public.no_sign_up), name="socialaccount_signup"),
]

_own = [
    path("accounts/", public.own_account_page, name="own-account"),
    path("accounts/password/change/", own_account(account.password_change), name="account_change_password"),
    path("accounts/password/set/", own_account(account.password_set), name="account_set_password"),
    path("accounts/email/", own_account(account.email), name="account_email"),
    path(
        "accounts/reauthenticate/",
        may_repeat(own_account(account.reauthenticate)),
        name="account_reauthenticate",
    ),
    path("accounts/sessions/", own_account(sessions.list_usersessions), name="usersessions_list"),
    path("accounts/kept/<uuid:pk>/", public.kept_input, name="kept-input"),
    path("accounts/kept/<uuid:pk>/discard/", public.discard_kept_input, name="discard-kept-input"),
    path("staff/", staff.start, name="staff-start"),
]

_second_factor = [
    path("accounts/2fa/", own_account(factor.index), name="mfa_index"),
    path("accounts/2fa/needed/", public.second_factor_needed, name="second-factor"),
    path(
        "accounts/2fa/reauthenticate/",
        may_repeat(own_account(factor.reauthenticate)),
        name="mfa_reauthenticate",
    ),
    path("accounts/2fa/totp/activate/", own_account(totp.activate_totp), name="mfa_activate_totp"),
    path("accounts/2fa/totp/deactivate/", own_account(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path(
        "accounts/2fa/recovery-codes/",
        own_account(recovery.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "accounts/2fa/recovery-codes/generate/",
        own_account(recovery.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "accounts/2fa/recovery-codes/download/",
        own_account(recovery.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path("accounts/2fa/passkeys/", own_account(passkey.list_webauthn), name="mfa_list_webauthn"),
    path("accounts/2fa/passkeys/add/", own_account(passkey.add_webauthn), name="mfa_add_webauthn"),
    path(
        "accounts/2fa/passkeys/reauthenticate/",
        may_repeat(own_account(passkey.reauthenticate_webauthn)),
        name="mfa_reauthenticate_webauthn",
    ),
    path(
        "accounts/2fa/passkeys/<int:pk>/edit/", own_account(passkey.edit_webauthn), name="mfa_edit_webauthn"
    ),
    path(
        "accounts/2fa/passkeys/<int:pk>/remove/",
        own_account(passkey.remove_webauthn),
        name="mfa_remove_webauthn",
    ),
]

_invitations = [
    path("accounts/invitation/", public.invitation, name="invitation"),
    path("accounts/invitation/<str:token>/", public.open_invitation, name="open-invitation"),
]

installation = [*_sign_in, *_municipal_sign_in, *_own, *_second_factor, *_invitations]

public_patterns: list = []

staff_patterns = [
    path("", staff.today, name="staff-today"),
    path("people/", staff.members, name="members"),
    path("people/invite/", staff.invite, name="invite"),
    path("people/invitations/<uuid:pk>/again/", staff.send_again, name="invitation-again"),
    path("people/invitations/<uuid:pk>/withdraw/", staff.withdraw, name="invitation-withdraw"),
    path("people/<uuid:pk>/", staff.member, name="member"),
    path("people/<uuid:pk>/role/", staff.give_role, name="member-role"),
    path("people/<uuid:pk>/duty/", staff.give_duty, name="member-duty"),
    path("people/roles/<uuid:pk>/end/", staff.end_role, name="role-end"),
    path("people/roles/<uuid:pk>/until/", staff.change_end, name="role-until"),
    path("people/duties/<uuid:pk>/end/", staff.end_duty, name="duty-end"),
]
