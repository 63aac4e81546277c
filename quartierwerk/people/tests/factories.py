from datetime import timedelta
from uuid import uuid4

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from quartierwerk.people.models import Account, Membership
from quartierwerk.rights import Role
from quartierwerk.tenants import scope
from quartierwerk.tenants.models import Tenant


def account(token: str) -> Account:
    return Account.objects.create_user(email=f"{token.lower()}@beispiel.example", name=token)


def membership(token: str, account_id=None) -> Membership:
    tenant = Tenant.objects.get(pk=scope.writing())
    owner = _owner(account_id, token)
    return Membership.objects.create(tenant=tenant, account=owner, role=Role.TRANSLATOR)


def _owner(account_id, token):
    return Account.objects.get(pk=account_id) if account_id else account(token + uuid4().hex[:8])


def mail_address(token: str, account_id=None) -> EmailAddress:
    return EmailAddress.objects.create(
        user=_owner(account_id, token),
        email=f"{token.lower()}.{uuid4().hex[:6]}@beispiel.example",
        verified=True,
    )


def authenticator(token: str, account_id=None) -> Authenticator:
    return Authenticator.objects.create(
        user=_owner(account_id, token), type=Authenticator.Type.RECOVERY_CODES, data={"seed": token}
    )


def social_account(token: str, account_id=None) -> SocialAccount:
    return SocialAccount.objects.create(
        user=_owner(account_id, token),
        provider="stadt",
        uid=token + uuid4().hex[:6],
        extra_data={"sub": token},
    )


def user_session(token: str, account_id=None) -> UserSession:
    return UserSession.objects.create(
        user=_owner(account_id, token), ip="192.0.2.7", session_key=uuid4().hex, user_agent=token
    )


def session(token: str) -> Session:
    return Session.objects.create(
        session_key=uuid4().hex, session_data=token, expire_date=timezone.now() + timedelta(hours=1)
    )
