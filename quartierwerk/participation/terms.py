"""Within how many days this municipality answers."""

from datetime import date, timedelta

from quartierwerk.calendar.closing import closed
from quartierwerk.tenants import scope
from quartierwerk.tenants.models import Tenant

from . import rules
from .models import AnswerTerm, VoiceKind

LONGEST_BREAK = timedelta(days=60)  # within it lie the working days of every term


def term_of(tenant: Tenant) -> AnswerTerm:
    """As set, else the default; also for visitors, who are promised it and read no settings."""
    with scope.entered(scope.Scope((tenant.pk,), tuple(tenant.lineage), 0)):
        own = AnswerTerm.objects.filter(tenant=tenant).first()
    return own or AnswerTerm(days=rules.DAYS, question_days=rules.QUESTION_DAYS, tenant=tenant)


def due_on(tenant: Tenant, kind: str, received: date) -> date:
    term = term_of(tenant)
    if kind != VoiceKind.QUESTION:
        return rules.due_after(received, term.days)
    free = closed(tenant, received, received + LONGEST_BREAK, public=False).days()
    return rules.due_after_working_days(received, term.question_days, free)
