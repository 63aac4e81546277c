from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from quartierwerk.barriers import rules
from quartierwerk.barriers.models import BarrierReport
from quartierwerk.messages.models import Outgoing
from quartierwerk.people import throttling
from quartierwerk.rights import Role
from quartierwerk.tenants.models import Tenant

pytestmark = pytest.mark.django_db


def statement(cast, lang="de"):
    return reverse("accessibility", kwargs={"lang": lang, "tenant": cast.town.slug})


def test_report_without_account_reaches_the_office_and_its_words_stay_out_of_the_mail(cast):
    Tenant.objects.filter(pk=cast.town.pk).update(contact_email="integration@musterstadt.example")
    answer = Client().post(
        statement(cast, "ar"), {"words": "الزر لا يعمل", "page": "/ar/", "reply": "0511 123456"}
    )
    assert answer.status_code == 302
    with cast.in_town():
        report, mail = BarrierReport.objects.get(), Outgoing.objects.get()
    assert (report.words, report.reply_to, report.language) == ("الزر لا يعمل", "0511 123456", "ar")
    assert "الزر" not in mail.text + mail.subject
    assert f"/staff/{cast.town.slug}/barriers/" in mail.text


def test_without_an_office_address_the_report_is_kept_all_the_same(cast):
    Client().post(statement(cast), {"words": "Kontrast", "page": "", "reply": ""})
    with cast.in_town():
        assert BarrierReport.objects.count() == 1
        assert not Outgoing.objects.exists()


def test_empty_report_is_refused(cast):
    assert Client().post(statement(cast), {"words": "  ", "reply": "ich"}).status_code == 422
    with cast.in_town():
        assert not BarrierReport.objects.exists()


def test_office_reads_and_marks_as_answered_and_the_neighbour_does_not(client, cast):
    Client().post(statement(cast), {"words": "Kontrast zu schwach", "page": "/de/", "reply": ""})
    with cast.in_town():
        report = BarrierReport.objects.get()
    here = {"tenant": cast.town.slug}
    client.force_login(cast.account[Role.COORDINATOR])
    assert "Kontrast zu schwach" in client.get(reverse("barriers", kwargs=here)).content.decode()
    client.post(reverse("barrier-answered", kwargs={**here, "pk": report.pk}))
    with cast.in_town():
        assert BarrierReport.objects.get().answered_at
    client.force_login(cast.neighbour)
    assert client.get(reverse("barriers", kwargs=here)).status_code == 404


def test_four_weeks_are_the_term():
    now = timezone.now()
    assert not rules.is_overdue(now - timedelta(days=28), None, now)
    assert rules.is_overdue(now - timedelta(days=28, seconds=1), None, now)
    assert not rules.is_overdue(now - timedelta(days=90), now, now)


def test_reports_are_limited_by_network_address_and_by_municipality(cast, monkeypatch):
    def report(number):
        words = {"words": f"Nummer {number}", "page": "", "reply": ""}
        return Client().post(statement(cast), words, REMOTE_ADDR=f"192.0.2.{number % 20}").status_code

    assert [report(20 * number) for number in range(11)] == [302] * 10 + [429]
    monkeypatch.setitem(throttling.OWN_RATES, "barrier_place", "3/m/key")
    assert [report(number) for number in range(1, 5)] == [302] * 3 + [429]
    with cast.in_town():
        assert BarrierReport.objects.count() == 13


@pytest.mark.parametrize("reply", ["nix", "0511", "frau@", "ruf mich an"])
def test_an_answer_that_could_reach_nobody_is_asked_about(cast, reply):
    answer = Client().post(statement(cast), {"words": "Kontrast", "page": "", "reply": reply})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["reply"])
    with cast.in_town():
        assert not BarrierReport.objects.exists()
