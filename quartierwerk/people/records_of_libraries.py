"""Declarations for the tables of allauth, Django and the job queue: they hold personal data like our own."""

from datetime import timedelta

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.utils import timezone
from pghistory.models import Context
from procrastinate.contrib.django.models import (
    ProcrastinateEvent,
    ProcrastinateJob,
    ProcrastinatePeriodicDefer,
    ProcrastinateWorker,
)

from quartierwerk.privacy.registry import DataClass, Retention, TenantExport, register

from .models import Account

_FACTORIES = "quartierwerk.people.tests.factories"


def _left_a_year_ago(path: str):
    return {f"{path}__in": Account.objects.filter(left_at__lt=timezone.now() - timedelta(days=365))}


for model in (Group, Permission, ContentType):
    register(
        model,
        purpose="Django's own tables, not used for rights",
        default=DataClass.INTERNAL,
        export=TenantExport.NOT,
    )
for queue_model in (ProcrastinateJob, ProcrastinateEvent, ProcrastinatePeriodicDefer, ProcrastinateWorker):
    register(
        queue_model,
        purpose="Job queue; arguments are identifiers",
        default=DataClass.INTERNAL,
        export=TenantExport.NOT,
    )
register(
    Context,
    purpose="Unused: history rows carry their context",
    default=DataClass.INTERNAL,
    export=TenantExport.NOT,
)
register(
    SocialApp,
    purpose="Access data of a municipal log-in service",
    default=DataClass.INTERNAL,
    export=TenantExport.NOT,
)
register(
    EmailAddress,
    purpose="Confirmed mail address of an account",
    default=DataClass.INTERNAL,
    fields={"email": DataClass.PERSONAL},
    person="user_id",
    retention=Retention.STAFF_ACCOUNT,
    factory=f"{_FACTORIES}:mail_address",
    due=lambda: EmailAddress.objects.filter(**_left_a_year_ago("user")),
    export=TenantExport.NOT,
)
register(
    EmailConfirmation,
    purpose="Pending confirmation of a mail address",
    default=DataClass.INTERNAL,
    export=TenantExport.NOT,
)
register(
    Authenticator,
    purpose="Second factor of an account",
    default=DataClass.INTERNAL,
    fields={"data": DataClass.PERSONAL},
    person="user_id",
    retention=Retention.STAFF_ACCOUNT,
    factory=f"{_FACTORIES}:authenticator",
    due=lambda: Authenticator.objects.filter(**_left_a_year_ago("user")),
    export=TenantExport.NOT,
)
register(
    SocialAccount,
    purpose="Link to a municipal log-in service",
    default=DataClass.INTERNAL,
    fields={"uid": DataClass.PERSONAL, "extra_data": DataClass.PERSONAL},
    person="user_id",
    retention=Retention.STAFF_ACCOUNT,
    factory=f"{_FACTORIES}:social_account",
    due=lambda: SocialAccount.objects.filter(**_left_a_year_ago("user")),
    export=TenantExport.NOT,
)
register(
    SocialToken,
    purpose="Not stored: tokens of log-in services are not kept",
    default=DataClass.INTERNAL,
    export=TenantExport.NOT,
)
register(
    UserSession,
    purpose="Own list of open sessions, so that one can end a foreign one",
    default=DataClass.INTERNAL,
    fields={"ip": DataClass.PERSONAL, "user_agent": DataClass.PERSONAL},
    person="user_id",
    retention=Retention.SESSION,
    factory=f"{_FACTORIES}:user_session",
    due=lambda: UserSession.objects.filter(last_seen_at__lt=timezone.now() - timedelta(days=1)),
    export=TenantExport.NOT,
)
register(
    Session,
    purpose="Signed-in state",
    default=DataClass.INTERNAL,
    fields={"session_data": DataClass.PERSONAL},
    retention=Retention.SESSION,
    factory=f"{_FACTORIES}:session",
    due=lambda: Session.objects.filter(expire_date__lt=timezone.now()),
    export=TenantExport.NOT,
)
