import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from quartierwerk.places.models import SocialSpace
from quartierwerk.rights.roles import Role
from quartierwerk.tenants.models import Tenant


class AccountManager(BaseUserManager):
    def create_user(self, email: str, password: str | None = None, **values) -> "Account":
        account = self.model(email=self.normalize_email(email).lower(), **values)
        account.set_password(password)
        account.save()
        return account

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


class Account(AbstractBaseUser):
    """Name, mail address and credentials; everything else about a person is municipal."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("mail address"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    language = models.CharField(_("language of the pages"), max_length=35, default="de")
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_example = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    # Set when the person leaves; the account is deleted twelve months later.
    left_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = AccountManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [models.UniqueConstraint(Lower("email"), name="account_email_once")]

    def __str__(self):
        return self.name or self.email

    # allauth and Django's permission system ask for these; rights live in the rights table instead.
    def has_perm(self, perm, obj=None):
        return False

    def has_module_perms(self, app_label):
        return False


class MembershipQuerySet(models.QuerySet):
    def current(self, now=None):
        now = now or timezone.now()
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=now)).filter(
            Q(valid_until=None) | Q(valid_until__gt=now)
        )


class Membership(models.Model):
    """A person's role in a municipality, perhaps in one quarter or for one organisation, perhaps for a time."""

    # Read before a municipality is known: the list of one's own roles decides which one may be entered.
    wall_exempt = "memberships decide which tenant may be entered, so they are read before any is"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, models.PROTECT, editable=False, related_name="memberships")
    account = models.ForeignKey(Account, models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=40, choices=Role)
    space = models.ForeignKey(
        SocialSpace, models.PROTECT, null=True, blank=True, verbose_name=_("quarter"), db_constraint=False
    )
    # Organisations live in an upper package; the directory checks the id when a role is given.
    organisation_id = models.UUIDField(_("organisation"), null=True, blank=True)
    valid_from = models.DateTimeField(_("from"), null=True, blank=True)
    valid_until = models.DateTimeField(_("until"), null=True, blank=True)
    given_by = models.UUIDField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        indexes = [models.Index(fields=["tenant", "account"], name="members_of_tenant")]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "account", "role", "space", "organisation_id"],
                name="membership_once",
                nulls_distinct=False,
            )
        ]

    def __str__(self):
        return f"{self.get_role_display()}, {self.tenant_id}"
