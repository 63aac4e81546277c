"""Giving the first role of a municipality from the command line, where nobody is there yet to invite."""

from dataclasses import dataclass

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse

from quartierwerk.cli import Refused
from quartierwerk.places.models import SocialSpace
from quartierwerk.rights import Role, worker
from quartierwerk.tenants import scope
from quartierwerk.tenants.models import Tenant

from . import actions
from .models import Account


@dataclass(frozen=True)
class Added:
    email: str
    is_new: bool
    link: str  # empty where the account existed and has a password


def add_person(email: str, *, name: str, tenant_slug: str, role: Role, quarter: str = "") -> Added:
    """Raises cli.Refused with one sentence; then nothing is stored."""
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise Refused(f"'{email}' is no mail address.") from None
    tenant = Tenant.objects.filter(slug=tenant_slug).first()
    if tenant is None:
        raise Refused(f"There is no municipality '{tenant_slug}'. `quartierwerk tenant list` shows all.")
    with transaction.atomic(), scope.entered(scope.staff(tenant)):
        account = Account.objects.filter(email=email).first()
        is_new = account is None
        if account is None:
            if not name.strip():
                raise Refused("A new account needs --name.")
            account = Account.objects.create_user(email, name=name.strip())
        place = actions.Place(space=_quarter(quarter) if quarter else None)
        try:
            actions.give_role(account, role, place, by=worker("person add", tenant.pk))
        except actions.Refusal as refusal:
            raise Refused(str(refusal)) from None
    return Added(email, is_new, _password_link(account) if not account.has_usable_password() else "")


def _quarter(name: str) -> SocialSpace:
    space = SocialSpace.objects.filter(name=name).first()
    if space is None:
        raise Refused(f"There is no quarter '{name}' in this municipality.")
    return space


def _password_link(account: Account) -> str:
    keys = {"uidb36": user_pk_to_url_str(account), "key": default_token_generator.make_token(account)}
    path = reverse("account_reset_password_from_key", kwargs=keys)
    return settings.PUBLIC_URL.rstrip("/") + path
