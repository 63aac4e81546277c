from django.utils.translation import gettext_lazy as _

from quartierwerk.privacy.registry import DataClass, Retention, TenantExport, register

from . import records_of_libraries  # noqa: F401
from .models import Account, DutyGrant, Invitation, InvitedRole, KeptInput, Membership, Tries

register(
    Account,
    purpose=_("Signing in and being accountable"),
    default=DataClass.INTERNAL,
    fields={
        "email": DataClass.PERSONAL,
        "name": DataClass.PERSONAL,
        "language": DataClass.PERSONAL,
        "last_login": DataClass.PERSONAL,
    },
    person="id",
    retention=Retention.STAFF_ACCOUNT,
    factory="quartierwerk.people.tests.factories:account",
    # Reached through the account only: a mail address alone must not open what password and second factor guard.
    starts="left_at",
    withheld={"password": _("a secret, stored as a fingerprint only")},
    export=TenantExport.NOT,
)
register(
    Membership,
    purpose=_("Who may do what in a municipality"),
    default=DataClass.INTERNAL,
    fields={"account": DataClass.PERSONAL, "role": DataClass.PERSONAL},
    person="account_id",
    retention=Retention.STAFF_ACCOUNT,
    factory="quartierwerk.people.tests.factories:membership",
    starts="valid_until",
    withheld={"given_by": _("concerns somebody else")},
    export=TenantExport.NOT,
)
register(
    DutyGrant,
    purpose=_("Who has which duty beside the role, until when, given by whom"),
    default=DataClass.INTERNAL,
    fields={"account": DataClass.PERSONAL, "duty": DataClass.PERSONAL},
    person="account_id",
    retention=Retention.STAFF_ACCOUNT,
    factory="quartierwerk.people.tests.factories:duty",
    starts="valid_until",
    withheld={"given_by": _("concerns somebody else")},
    export=TenantExport.NOT,
)
register(
    Invitation,
    purpose=_("Asking somebody to work in a municipality"),
    default=DataClass.INTERNAL,
    fields={"email": DataClass.PERSONAL, "accepted_by": DataClass.PERSONAL},
    person="accepted_by",
    mail="email",
    withheld={"token_hash": _("a secret"), "invited_by": _("concerns somebody else")},
    # Accepted, withdrawn or expired: a month later nobody needs the address any more.
    retention=Retention.INVITATION,
    starts="expires_at",
    factory="quartierwerk.people.tests.factories:invitation",
    export=TenantExport.NOT,  # the accounts stay behind too
)
register(
    InvitedRole,
    purpose=_("Roles that come with an invitation"),
    default=DataClass.INTERNAL,
    export=TenantExport.NOT,
)
register(
    KeptInput,
    purpose=_("Typed text is not lost when a session ends"),
    default=DataClass.INTERNAL,
    fields={"account": DataClass.PERSONAL, "sealed": DataClass.PERSONAL},
    person="account_id",
    retention=Retention.TYPED_TEXT,
    factory="quartierwerk.people.tests.factories:kept_input",
    starts="created_at",
    withheld={
        "sealed": _("sealed: only the browser in which it was typed can open it"),
        "browser": _("a secret"),
    },
    export=TenantExport.NOT,
)
register(
    Tries,
    purpose=_("Counters against guessing; keys are fingerprints"),
    default=DataClass.INTERNAL,
    export=TenantExport.NOT,
)
