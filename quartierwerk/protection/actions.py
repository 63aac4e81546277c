"""What is done about people's data: erasing, withdrawing from one's own page, holding back, changing periods."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from quartierwerk import journal
from quartierwerk.people.actions import HandOverFirst, alone_administered_by, refuse_leaving
from quartierwerk.people.models import Account, Membership
from quartierwerk.privacy import erasing, rows
from quartierwerk.privacy.models import Hold, PeriodChange
from quartierwerk.privacy.registry import Retention
from quartierwerk.privacy.retention import PERIODS, Span
from quartierwerk.privacy.rows import Subject
from quartierwerk.rights import VISITOR, Person, Role, require
from quartierwerk.tenants import scope
from quartierwerk.tenants.models import Tenant

from . import consent, rules
from .models import Consent, DataRequest


class Refusal(Exception):
    """Nothing happened; the sentence says why and what to do."""


def subject_of(account: Account) -> Subject:
    """The account, and the mail addresses that were proven to be the person's."""
    addresses = dict(EmailAddress.objects.filter(user=account).values_list("email", "verified"))
    own = {mail.lower() for mail, verified in addresses.items() if verified}
    if account.email not in addresses:
        own.add(account.email)  # proven by the invitation that led to the account
    return Subject(account_id=account.pk, mails=frozenset(own))


# ---- erasing -----------------------------------------------------------------------------------------------------------


def erase_account(account: Account, *, by: Person) -> erasing.Outcome:
    """Close an account and erase its person. Raises Refusal where a municipality would lose its last administrator."""
    subject = subject_of(account)

    def leaving() -> None:
        _leave(account)
        _end_consents(account.pk, by)
        journal.record_security("person erased", by=by)

    return erasing.erase(subject, leaving=leaving)


def _leave(account: Account) -> None:
    """End all roles, so that of two last administrators who leave at the same moment the second one is refused."""
    administered = account.memberships.filter(role=Role.ADMINISTRATOR).values("tenant")
    list(Tenant.objects.select_for_update(no_key=True).filter(pk__in=administered).order_by("pk"))
    if alone := alone_administered_by(account):
        places = ", ".join(tenant.name for tenant in alone)
        raise Refusal(
            _(
                "You are the only administrator of %(places)s. Name another one first, then close your account."
            )
            % {"places": places}
        )
    now = timezone.now()
    for tenant in Tenant.objects.filter(
        pk__in=Membership.objects.current(now).filter(account=account).values("tenant")
    ):
        with scope.entered(scope.staff(tenant)):
            try:
                refuse_leaving(account, erasing=True)
            except HandOverFirst as refusal:
                raise Refusal(
                    _("In %(place)s: %(what)s") % {"place": tenant.name, "what": refusal}
                ) from refusal
    Membership.objects.current(now).filter(account=account).update(valid_until=now)
    Account.objects.filter(pk=account.pk, left_at=None).update(left_at=now)


def _end_consents(subject: UUID, by: Person) -> None:
    for tenant in Tenant.objects.all():
        with scope.entered(scope.staff(tenant)):
            for running in Consent.objects.running().filter(subject=subject):
                consent.withdraw(running, by=by)


def erase_by_mail(request: DataRequest) -> erasing.Outcome:
    """Erase what was found by the mail address of an opened request."""
    journal.record_security("person erased", by=VISITOR)
    outcome = erasing.erase(Subject(mails=frozenset({request.mail})))
    DataRequest.objects.filter(pk=request.pk).update(erased_at=timezone.now())
    return outcome


# ---- consent from one's own page -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Found:
    consent: Consent
    tenant: Tenant


def own_consents(account_id: UUID) -> list[Found]:
    with scope.entered(rows.everywhere()):
        mine = (
            Consent.objects.filter(subject=account_id).select_related("tenant", "text").order_by("-given_at")
        )
        return [Found(one, one.tenant) for one in mine]


def withdraw_own(pk: UUID, *, by: Person) -> bool:
    """One step, at once; False where it is not the person's own."""
    found = (
        next((one for one in own_consents(by.account_id) if one.consent.pk == pk), None)
        if by.account_id
        else None
    )
    if found is None:
        return False
    with scope.entered(scope.staff(found.tenant)):
        consent.withdraw(found.consent, by=by)
    return True


# ---- holds ---------------------------------------------------------------------------------------------------------------


@transaction.atomic
def hold(
    *,
    kind: str,
    reason: str,
    until: datetime,
    by: Person,
    account_id: UUID | None = None,
    object_kind: str = "",
    object_id: str = "",
) -> Hold:
    """Stop deletion of a record, or of everything about a person, until a day."""
    require(by, "privacy.hold")
    if until <= timezone.now():
        raise Refusal(_("The last day lies in the past."))
    made = Hold.objects.create(
        tenant_id=scope.writing(),
        kind=kind,
        reason=reason,
        until=until,
        account_id=account_id,
        object_kind=object_kind,
        object_id=object_id,
        set_by=by.account_id,
    )
    journal.record("hold set", made, by=by, purpose=kind)
    return made


@transaction.atomic
def end_hold(made: Hold, *, by: Person) -> None:
    require(by, "privacy.hold")
    if made.kind == Hold.Kind.RETENTION:
        raise Refusal(_("A law keeps this record. It is deleted by itself when its period ends."))
    if Hold.objects.filter(pk=made.pk, ended_at=None).update(ended_at=timezone.now(), ended_by=by.account_id):
        journal.record("hold ended", made, by=by)


# ---- periods -------------------------------------------------------------------------------------------------------------


@transaction.atomic
def change_period(retention: Retention, span: Span, *, reason: str, by: Person) -> PeriodChange:
    """Another period for this municipality, within the range. A longer one than the default waits for a second person."""
    require(by, "privacy.set_periods")
    period = PERIODS[retention]
    if fault := rules.fault_of_period(period, span):
        limit = period.shortest if fault == "short" else period.longest
        raise Refusal(
            (_("At least %(limit)s.") if fault == "short" else _("At most %(limit)s.")) % {"limit": limit}
        )
    change = PeriodChange.objects.create(
        retention=retention,
        months=span.months,
        days=span.days,
        hours=span.hours,
        reason=reason,
        changed_by=by.account_id or UUID(int=0),
    )
    journal.record("retention period changed", change, by=by, fields=["months", "days", "hours"])
    return change


@transaction.atomic
def confirm_period(change: PeriodChange, *, by: Person) -> None:
    """The second person's agreement. Raises Refusal for the first one."""
    require(by, "privacy.set_periods", change)
    if not rules.may_confirm(change.changed_by, by.account_id):
        raise Refusal(_("Somebody else must agree: you proposed this change yourself."))
    if PeriodChange.objects.filter(pk=change.pk, confirmed_by=None).update(
        confirmed_by=by.account_id, confirmed_at=timezone.now()
    ):
        journal.record("retention period confirmed", change, by=by)
