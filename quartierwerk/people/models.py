import hashlib
import uuid
from datetime import timedelta

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from quartierwerk.places.models import SocialSpace
from quartierwerk.rights.roles import Duty, Role
from quartierwerk.tenants import scope
from quartierwerk.tenants.managers import ScopedManager
from quartierwerk.tenants.models import Municipal, Tenant


class AccountManager(BaseUserManager["Account"]):
    def create_user(self, email: str, password: str | None = None, **values) -> "Account":
        """A new account whose mail address is proven: by an invitation, or by the operator who makes it."""
        from allauth.account.models import EmailAddress  # reads the account model when it is imported

        account = self.model(email=email.strip().lower(), **values)
        account.set_password(password)
        with transaction.atomic():
            account.save()
            EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
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
    """A person's role in a municipality, perhaps in one quarter, for one organisation or one team, perhaps for a time."""

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
    # Teams, too (planning).
    team_id = models.UUIDField(_("team"), null=True, blank=True)
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
                fields=["tenant", "account", "role", "space", "organisation_id", "team_id"],
                name="membership_once",
                nulls_distinct=False,
            )
        ]

    def __str__(self):
        return f"{self.get_role_display()}, {self.tenant_id}"


class DutyGrant(models.Model):
    """A duty beside the role, always for a time and always with a giver (data protection §2)."""

    wall_exempt = "duties belong to the memberships that decide which tenant may be entered"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, models.PROTECT, editable=False, related_name="duties")
    account = models.ForeignKey(Account, models.CASCADE, related_name="duties")
    duty = models.CharField(_("duty"), max_length=40, choices=Duty)
    valid_from = models.DateTimeField(_("from"), default=timezone.now)
    valid_until = models.DateTimeField(_("until"))
    given_by = models.UUIDField(editable=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("time-limited duty")
        verbose_name_plural = _("time-limited duties")
        indexes = [models.Index(fields=["tenant", "account"], name="duties_of_tenant")]
        constraints = [
            models.CheckConstraint(
                name="duty_ends_after_it_begins", condition=Q(valid_until__gte=models.F("valid_from"))
            )
        ]

    def __str__(self):
        return self.get_duty_display()


INVITATION_DAYS = 14


class InvitationQuerySet(models.QuerySet):
    def waiting(self):
        """Neither accepted nor withdrawn; perhaps expired."""
        return self.filter(accepted_at=None, withdrawn_at=None)

    def open(self, now=None):
        return self.waiting().filter(expires_at__gt=now or timezone.now())


class Invitation(Municipal):
    """A mail address that was asked to join a municipality. One at a time for each address."""

    email = models.EmailField(_("mail address"))
    # Only the fingerprint: whoever reads the database cannot accept invitations.
    token_hash = models.CharField(max_length=64, editable=False)
    invited_at = models.DateTimeField(_("invited on"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("valid until"), editable=False)
    invited_by = models.UUIDField(editable=False)
    accepted_at = models.DateTimeField(null=True, editable=False)
    accepted_by = models.UUIDField(null=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    objects = ScopedManager.from_queryset(InvitationQuerySet)()  # type: ignore[misc]

    class Meta(Municipal.Meta):
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "email"],
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="one_invitation_at_a_time",
            ),
            models.UniqueConstraint(fields=["tenant", "token_hash"], name="invitation_token_once"),
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"

    @staticmethod
    def fingerprint(token: str) -> str:
        return hashlib.sha256(token.encode()).hexdigest()

    @classmethod
    def opened_by(cls, token: str) -> "Invitation | None":
        """The invitation that this link opens; None for a wrong, used, withdrawn or expired one alike."""
        number = token.partition("-")[0]
        tenant = Tenant.objects.filter(pk=number).first() if number.isdecimal() and len(number) < 18 else None
        if tenant is None:
            return None
        with scope.entered(scope.staff(tenant)):
            return (
                cls.objects.open().select_related("tenant").filter(token_hash=cls.fingerprint(token)).first()
            )

    @property
    def is_open(self) -> bool:
        return self.accepted_at is None and self.withdrawn_at is None and self.expires_at > timezone.now()

    def renew(self, token: str, now) -> None:
        self.token_hash, self.invited_at = self.fingerprint(token), now
        self.expires_at = now + timedelta(days=INVITATION_DAYS)


class InvitedRole(Municipal):
    """A role that comes with an accepted invitation; several may."""

    invitation = models.ForeignKey(Invitation, models.CASCADE, related_name="roles")
    role = models.CharField(_("role"), max_length=40, choices=Role)
    space = models.ForeignKey(SocialSpace, models.PROTECT, null=True, blank=True, verbose_name=_("quarter"))
    organisation_id = models.UUIDField(_("organisation"), null=True, blank=True)
    team_id = models.UUIDField(_("team"), null=True, blank=True)
    valid_until = models.DateTimeField(_("until"), null=True, blank=True)

    class Meta(Municipal.Meta):
        verbose_name = _("role in an invitation")
        verbose_name_plural = _("roles in an invitation")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "invitation", "role", "space", "organisation_id", "team_id"],
                name="invited_role_once",
                nulls_distinct=False,
            )
        ]

    def __str__(self):
        return self.get_role_display()


class KeptInput(models.Model):
    """What somebody typed when the session had ended: sealed, for the same account in the same browser, a day long."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="kept_inputs")
    browser = models.CharField(max_length=64)
    # The address the form was sent to, so that the text can go once it arrived there after all.
    target = models.CharField(max_length=500)
    sealed = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("text kept over the end of a session")
        verbose_name_plural = _("texts kept over the end of a session")
        indexes = [models.Index(fields=["account", "browser", "-created_at"], name="kept_of_account")]

    def __str__(self):
        return str(self.pk)


class Tries(models.Model):
    """Counters against guessing (`throttling.py`): the shared cache of all processes. Keys are fingerprints."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "people_tries"
        verbose_name = _("counter of tries")
        verbose_name_plural = _("counters of tries")

    def __str__(self):
        return self.cache_key
