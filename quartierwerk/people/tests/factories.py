from datetime import timedelta
from uuid import uuid4

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from quartierwerk.people import sealing
from quartierwerk.people.models import Account, DutyGrant, Invitation, KeptInput, Membership
from quartierwerk.rights import Duty, Role
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


def duty(token: str, account_id=None) -> DutyGrant:
    return DutyGrant.objects.create(
        tenant_id=scope.writing(),
        account=_owner(account_id, token),
        duty=Duty.EXPORT,
        valid_until=timezone.now() + timedelta(days=30),
        given_by=uuid4(),
    )


def invitation(token: str, account_id=None) -> Invitation:
    made = Invitation(email=f"{token.lower()}@beispiel.example", invited_by=uuid4())
    made.renew(token, timezone.now())
    if account_id:
        made.accepted_by, made.accepted_at = account_id, timezone.now()
    made.save()
    return made


def kept_input(token: str, account_id=None) -> KeptInput:
    return KeptInput.objects.create(
        account=_owner(account_id, token), browser="0" * 64, target="/", sealed=sealing.seal(token, "test")
    )
