"""Declarations for the tables of allauth, Django and the job queue: they hold personal data like our own."""

from uuid import UUID

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from pghistory.models import Context
from procrastinate.contrib.django.models import (
    ProcrastinateEvent,
    ProcrastinateJob,
    ProcrastinatePeriodicDefer,
    ProcrastinateWorker,
)

from quartierwerk.privacy.registry import DataClass, Retention, TenantExport, register

_FACTORIES = "quartierwerk.people.tests.factories"


for model in (Group, Permission, ContentType):
    register(
        model,
        purpose=_("Django's own tables, not used for rights"),
        default=DataClass.INTERNAL,
        export=TenantExport.NOT,
    )
for queue_model in (ProcrastinateJob, ProcrastinateEvent, ProcrastinatePeriodicDefer, ProcrastinateWorker):
    register(
        queue_model,
        purpose=_("Job queue; arguments are identifiers"),
        default=DataClass.INTERNAL,
        export=TenantExport.NOT,
    )
register(
    Context,
    purpose=_("Unused: history rows carry their context"),
    default=DataClass.INTERNAL,
    export=TenantExport.NOT,
)
register(
    SocialApp,
    purpose=_("Access data of a municipal log-in service"),
    default=DataClass.INTERNAL,
    export=TenantExport.NOT,
)
register(
    EmailAddress,
    purpose=_("Confirmed mail address of an account"),
    default=DataClass.INTERNAL,
    fields={"email": DataClass.PERSONAL},
    person="user_id",
    retention=Retention.STAFF_ACCOUNT,
    factory=f"{_FACTORIES}:mail_address",
    starts="user__left_at",
    export=TenantExport.NOT,
)
register(
    EmailConfirmation,
    purpose=_("Pending confirmation of a mail address"),
    default=DataClass.INTERNAL,
    export=TenantExport.NOT,
)
register(
    Authenticator,
    purpose=_("Second factor of an account"),
    default=DataClass.INTERNAL,
    fields={"data": DataClass.PERSONAL},
    person="user_id",
    retention=Retention.STAFF_ACCOUNT,
    factory=f"{_FACTORIES}:authenticator",
    starts="user__left_at",
    withheld={"data": _("a secret")},
    export=TenantExport.NOT,
)
register(
    SocialAccount,
    purpose=_("Link to a municipal log-in service"),
    default=DataClass.INTERNAL,
    fields={"uid": DataClass.PERSONAL, "extra_data": DataClass.PERSONAL},
    person="user_id",
    retention=Retention.STAFF_ACCOUNT,
    factory=f"{_FACTORIES}:social_account",
    starts="user__left_at",
    export=TenantExport.NOT,
)
register(
    SocialToken,
    purpose=_("Not stored: tokens of log-in services are not kept"),
    default=DataClass.INTERNAL,
    export=TenantExport.NOT,
)
register(
    UserSession,
    purpose=_("Own list of open sessions, so that one can end a foreign one"),
    default=DataClass.INTERNAL,
    fields={"ip": DataClass.PERSONAL, "user_agent": DataClass.PERSONAL},
    person="user_id",
    retention=Retention.SESSION,
    factory=f"{_FACTORIES}:user_session",
    starts="last_seen_at",
    withheld={"session_key": _("a secret"), "data": _("technical")},
    export=TenantExport.NOT,
)


def _sessions_of(account_id: UUID) -> QuerySet:
    keys = UserSession.objects.filter(user_id=account_id).values("session_key")
    return Session.objects.filter(session_key__in=keys)


register(
    Session,
    purpose=_("Signed-in state"),
    person=_sessions_of,
    default=DataClass.INTERNAL,
    fields={"session_data": DataClass.PERSONAL},
    retention=Retention.SESSION,
    factory=f"{_FACTORIES}:session",
    starts="expire_date",
    withheld={"session_key": _("a secret"), "session_data": _("technical, unreadable without the key")},
    export=TenantExport.NOT,
)
