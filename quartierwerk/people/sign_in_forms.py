"""allauth's forms in our words: one label and one hint a field, no text inside the boxes."""

from allauth.account import forms as account
from allauth.mfa.base import forms as factor
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as passkey
from django.utils.translation import gettext_lazy as _

from . import throttling

_LENGTH = _("At least 12 characters. Several words in a row are easy to remember. Common words are refused.")


class Worded:
    """labels, hints: by field name; a field without hint has none."""

    fields: dict
    labels: dict = {}
    hints: dict = {}
    error_title = _("That did not work yet")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")


class SignIn(Worded, account.LoginForm):
    labels = {"login": _("Mail address"), "password": _("Password")}


class ForgottenPassword(Worded, account.ResetPasswordForm):
    labels = {"email": _("Mail address")}
    hints = {"email": _("The address you sign in with.")}

    def save(self, request, **more) -> str:
        throttling.count_for_place(request, "reset_place", self.cleaned_data["email"])
        return super().save(request, **more)


class NewPassword(Worded, account.ResetPasswordKeyForm):
    labels = {"password1": _("New password"), "password2": _("New password once more")}
    hints = {"password1": _LENGTH}


class ChangedPassword(Worded, account.ChangePasswordForm):
    labels = {"oldpassword": _("Password until now"), **NewPassword.labels}
    hints = NewPassword.hints


class FirstPassword(Worded, account.SetPasswordForm):
    labels, hints = NewPassword.labels, NewPassword.hints


class PasswordAgain(Worded, account.ReauthenticateForm):
    labels = {"password": _("Password")}


class OtherAddress(Worded, account.AddEmailForm):
    labels = {"email": _("New mail address")}
    hints = {"email": _("It counts once you have opened the link that we send there.")}


class _Coded(Worded):
    labels = {"code": _("Code")}
    hints = {"code": _("Six digits from your app, or one of your recovery codes.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs.update(size=12, inputmode="numeric")


class Code(_Coded, factor.AuthenticateForm):
    pass


class CodeAgain(_Coded, factor.ReauthenticateForm):
    pass


class FirstCode(_Coded, totp.ActivateTOTPForm):
    hints = {"code": _("Six digits that the app shows now.")}


class NewPasskey(Worded, passkey.AddWebAuthnForm):
    labels = {"name": _("Name of the passkey"), "passwordless": _("Sign in with it alone, without password")}
    hints = {
        "name": _("For example the device it lies on."),
        "passwordless": _("The device then asks for your finger, face or PIN."),
    }


class NamedPasskey(Worded, passkey.EditWebAuthnForm):
    labels = NewPasskey.labels
    hints = {"name": NewPasskey.hints["name"]}
