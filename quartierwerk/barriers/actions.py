from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from quartierwerk import journal, rights
from quartierwerk.messages import sending
from quartierwerk.people import throttling
from quartierwerk.rights import Person
from quartierwerk.tenants import scope

from .models import BarrierReport


def receive(request, values: dict[str, str]) -> None:
    """Keep a visitor's complaint and tell the office; the mail holds a link, none of the words. Raises TooMany."""
    tenant = request.tenant
    throttling.count(request, "barrier")
    throttling.count_for_place(request, "barrier_place")
    with scope.entered(scope.staff(tenant)), transaction.atomic():
        report = BarrierReport.objects.create(
            words=values["words"], page=values["page"], reply_to=values["reply"], language=request.lang
        )
        journal.record("barrier reported", report, by=request.person)
        if tenant.contact_email:
            link = request.build_absolute_uri(reverse("barriers", kwargs={"tenant": tenant.slug}))
            sending.send(
                "barrier reported",
                to=tenant.contact_email,
                lang=tenant.source_language,
                key=f"barrier {report.pk}",
                context={"link": link},
            )


@transaction.atomic
def mark_answered(report: BarrierReport, *, by: Person) -> BarrierReport:
    """The office answered; half a year later the words and the address are deleted."""
    rights.require(by, "barriers.answer", report)
    if report.answered_at is None:
        report.answered_at = timezone.now()
        report.save(update_fields=["answered_at"])
        journal.record("barrier answered", report, by=by)
    return report
