"""What fields and kinds of records are called to the people they are about.

A field whose model names it in words keeps that name. The others carry a name that Django made out of the code's, in
English: those of libraries, and what no form of ours shows.
"""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

# By the field's name, whatever model holds it.
FIELDS: "dict[str, _StrPromise]" = {
    "accepted_at": _("accepted on"),
    "accepted_by": _("accepted by"),
    "account_id": _("account"),
    "browser": _("mark of the browser"),
    "changed_at": _("last changed"),
    "code_hash": _("code of the link"),
    "copied_from": _("copied from"),
    "created_at": _("entered on"),
    "data": _("technical data"),
    "ended_by": _("ended by"),
    "expires_at": _("valid until"),
    "given_by": _("given by"),
    "invited_by": _("invited by"),
    "ip": _("network address"),
    "is_example": _("example with invented data"),
    "kept_columns": _("further columns of the list"),
    "keys": _("what the words speak about"),
    "last_seen_at": _("last seen"),
    "last_used_at": _("last used"),
    "left_at": _("left on"),
    "next_try_at": _("next try"),
    "published_at": _("published on"),
    "sealed": _("typed text"),
    "set_by": _("set by"),
    "target": _("page of the typed text"),
    "token_hash": _("code of the link"),
    "uid": _("number at the log-in service"),
    "user": _("account"),
    "user_agent": _("browser and device"),
    "visibility": _("visible to"),
    "what": _("what is asked for"),
    "withdrawn_at": _("withdrawn on"),
}
# Libraries' models: one, several.
MODELS: "dict[str, tuple[_StrPromise, _StrPromise]]" = {
    "account.emailaddress": (_("confirmed mail address"), _("confirmed mail addresses")),
    "mfa.authenticator": (_("second factor"), _("second factors")),
    "sessions.session": (_("sign-in"), _("sign-ins")),
    "socialaccount.socialaccount": (_("account at a log-in service"), _("accounts at log-in services")),
    "usersessions.usersession": (_("device with an open sign-in"), _("devices with an open sign-in")),
}


def of_field(field: Any) -> str:
    words = str(field.verbose_name)
    if words == field.name.replace("_", " ") and field.name in FIELDS:
        return str(FIELDS[field.name])
    return gettext(words)


def of_one(model: Any) -> str:
    known = MODELS.get(model._meta.label_lower)
    return str(known[0] if known else model._meta.verbose_name)


def of_several(model: Any) -> str:
    known = MODELS.get(model._meta.label_lower)
    return str(known[1] if known else model._meta.verbose_name_plural)
