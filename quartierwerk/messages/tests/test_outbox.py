"""The outbox: written with the work, sent once per event, tried again, emptied in time."""

import email
import smtplib
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from email.policy import default
from uuid import uuid4

import pytest
from django.core import mail as django_mail
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from config.settings import base
from quartierwerk import jobs, messages, testing
from quartierwerk.messages import rules, smtp
from quartierwerk.messages.jobs import deliver, find_forgotten
from quartierwerk.messages.kinds import Kind, _kinds, register
from quartierwerk.messages.models import InstallationMail, Outgoing, State
from quartierwerk.messages.tests.sink import Sink
from quartierwerk.privacy.registry import record_of
from quartierwerk.tenants.scope import NoTenant


@pytest.fixture
def sink():
    with Sink() as running:
        yield running


@pytest.fixture
def server(sink, settings):
    settings.MAIL_HOST, settings.MAIL_PORT, settings.MAIL_SECURITY = "127.0.0.1", sink.port, "none"
    settings.MAIL_FROM, settings.MAIL_TIMEOUT = "post@musterstadt.example", 5
    return sink


@pytest.fixture
def secret_kind():
    yield register(Kind("test secret", subject="Password", sentences=("Renew it.",), secret=True))
    del _kinds["test secret"]


def a_mail(**changes):
    values = {
        "to": "nadja@beispiel.example",
        "lang": "de",
        "key": "event 1",
        "context": {"name": "Nadja"},
    } | changes
    return messages.send("test", **values)


def test_mail_is_written_with_the_work_and_sent_by_the_worker(cast, server):
    with cast.in_town():
        mail = a_mail()
        assert (mail.state, mail.tenant) == (State.WAITING, cast.town)
        assert server.mails == []
        jobs.run_waiting()
        mail.refresh_from_db()
    assert (mail.state, mail.tries, mail.problem) == (State.SENT, 1, "")
    assert mail.ended_at is not None
    [received] = server.mails
    assert received["Message-ID"] == mail.message_id
    assert received["To"] == "nadja@beispiel.example"
    assert received["From"] == "Musterstadt <post@musterstadt.example>"
    assert received["Auto-Submitted"] == "auto-generated"
    assert "Nadja" in received.get_content()


def test_rollback_leaves_no_mail_and_no_job(cast, server):
    with cast.in_town():
        with pytest.raises(IntegrityError), transaction.atomic():
            a_mail()
            raise IntegrityError
        assert not Outgoing.objects.exists()
    assert not ProcrastinateJob.objects.filter(task_name=deliver.name).exists()
    jobs.run_waiting()
    assert server.mails == []


def test_same_event_twice_mails_once(cast, server):
    with cast.in_town():
        first = a_mail()
        second = a_mail(to="other@beispiel.example")
        assert first.pk == second.pk
        jobs.run_waiting()
        assert a_mail().state == State.SENT
        jobs.run_waiting()
    assert [mail["To"] for mail in server.mails] == ["nadja@beispiel.example"]


def test_same_key_in_another_municipality_is_another_event(cast, server):
    with cast.in_town():
        a_mail()
    with cast.in_other():
        a_mail()
        assert Outgoing.objects.count() == 1
    jobs.run_waiting()
    assert len(server.mails) == 2


def test_job_run_twice_sends_once(cast, server):
    with cast.in_town():
        mail = a_mail()
        jobs.run_waiting()
        jobs.later(deliver, tenant=cast.town, mail=mail.pk)
        jobs.later(deliver, tenant=cast.town, mail=uuid4())
        jobs.run_waiting()
    assert len(server.mails) == 1


def test_without_municipality_nothing_is_sent_in_its_name(cast):
    with pytest.raises(NoTenant):
        a_mail()
    with cast.at_portal(), pytest.raises(NoTenant):
        a_mail()


@pytest.mark.parametrize(
    "address", ["", "nobody", "a@b@c", "a b@c.example", "jürgen@c.example", "x@y.example\nBcc: z@y.example"]
)
def test_what_is_no_address_is_refused_without_repeating_it(cast, address):
    with cast.in_town(), pytest.raises(ValueError, match=r"^This is no mail address\.$"):
        a_mail(to=address)


def test_line_break_in_a_municipality_name_adds_no_header(cast, server):
    cast.town.name = "Musterstadt\r\nBcc: all@beispiel.example"
    cast.town.save()
    with cast.in_town():
        mail = a_mail()
        assert "\n" not in mail.subject
        with pytest.raises(jobs.JobFailed):  # as sender's name the library refuses it
            jobs.run_waiting()
    assert server.mails == []


def test_mails_of_libraries_go_through_the_outbox(cast, server, settings):
    settings.EMAIL_BACKEND = base.EMAIL_BACKEND  # Django's test runner puts its own there
    with pytest.raises(IntegrityError), transaction.atomic():
        django_mail.send_mail("Lost", "text", None, ["a@beispiel.example"])
        raise IntegrityError
    assert django_mail.EmailMessage(
        "Two", "text", None, ["a@beispiel.example"], bcc=["b@beispiel.example"]
    ).send()
    assert server.mails == []
    jobs.run_waiting()
    assert sorted(mail["To"] for mail in server.mails) == ["a@beispiel.example", "b@beispiel.example"]
    assert {mail["From"] for mail in server.mails} == {"Quartierwerk <post@musterstadt.example>"}
    # Their links open accounts, so their text does not stay.
    assert set(InstallationMail.objects.values_list("state", "text", "recipient")) == {("sent", "", "")}


def test_secret_mail_is_emptied_once_it_is_out(cast, server, secret_kind):
    messages.send_for_installation("test secret", to="a@beispiel.example", lang="de", key="one")
    assert InstallationMail.objects.get().text
    jobs.run_waiting()
    assert len(server.mails) == 1
    assert (InstallationMail.objects.get().text, InstallationMail.objects.get().recipient) == ("", "")


def test_refusal_by_the_recipients_server_is_final(cast, server):
    server.answer = "550 no such user nadja@beispiel.example"
    with cast.in_town():
        mail = a_mail()
        jobs.run_waiting()
        mail.refresh_from_db()
    assert (mail.state, mail.problem) == (State.BOUNCED, "recipient 550")
    assert not ProcrastinateJob.objects.filter(task_name=deliver.name, status="todo").exists()


def test_passing_trouble_is_tried_again_under_the_same_id(cast, server):
    server.answer = "451 greylisted, try later"
    with cast.in_town():
        mail = a_mail()
        jobs.run_waiting()
        mail.refresh_from_db()
        assert (mail.state, mail.tries, mail.problem) == (State.WAITING, 1, "recipient 451")
        job = ProcrastinateJob.objects.get(task_name=deliver.name, status="todo")
        assert timedelta(seconds=50) < job.scheduled_at - timezone.now() <= timedelta(seconds=60)
        assert jobs.run_waiting() == 0
        server.answer = None
        deliver(mail.pk)
        mail.refresh_from_db()
    assert (mail.state, mail.tries) == (State.SENT, 2)
    assert [received["Message-ID"] for received in server.mails] == [mail.message_id]


def test_server_out_of_reach_is_tried_for_days_then_given_up(cast, server, settings):
    settings.MAIL_PORT = 1  # nobody listens
    with cast.in_town():
        mail = a_mail()
        for _ in range(len(rules.WAITS) + 1):
            deliver(mail.pk)
        mail.refresh_from_db()
    assert (mail.state, mail.problem, mail.tries) == (State.GIVEN_UP, "not reachable", len(rules.WAITS) + 1)
    assert 3 * rules.DAY < sum(rules.WAITS) < 5 * rules.DAY


def test_without_mail_server_mails_are_kept_to_be_read(cast, settings, sink):
    settings.MAIL_HOST = ""
    with cast.in_town():
        mail = a_mail()
        jobs.run_waiting()
        mail.refresh_from_db()
    assert mail.state == State.KEPT
    assert "Nadja" in mail.text


def test_mail_whose_job_is_gone_gets_another(cast, server):
    with cast.in_town():
        mail = a_mail()
        with connection.cursor() as cursor:
            cursor.execute("delete from procrastinate_jobs")
        find_forgotten()
        assert jobs.run_waiting() == 0  # not yet overdue
        Outgoing.objects.update(next_try_at=timezone.now() - timedelta(minutes=16))
        find_forgotten()
        find_forgotten()
        assert jobs.run_waiting() == 1
        mail.refresh_from_db()
        assert mail.state == State.SENT
    assert len(server.mails) == 1


def test_mail_that_waits_for_a_week_is_given_up(cast):
    with cast.in_town():
        mail = a_mail()
        old = timezone.now() - timedelta(days=8)
        Outgoing.objects.update(next_try_at=old, created_at=old)
        find_forgotten()
        mail.refresh_from_db()
    assert (mail.state, mail.problem) == (State.GIVEN_UP, "never tried")


def test_text_and_address_are_due_after_thirty_days_and_the_rest_stays(cast, server):
    record = record_of(Outgoing)
    with cast.in_town():
        mail, fresh, waiting = a_mail(), a_mail(key="event 2"), a_mail(key="event 3")
        jobs.run_waiting()
        then = timezone.now() - timedelta(days=30, seconds=1)
        Outgoing.objects.filter(pk=mail.pk).update(ended_at=then)
        Outgoing.objects.filter(pk=waiting.pk).update(state=State.WAITING, ended_at=None, created_at=then)
        assert list(record.due_before(timezone.now() - timedelta(days=30))) == [mail]
        for row in record.due_before(timezone.now() - timedelta(days=30)):
            record.erase(row)
        assert not record.due_before(timezone.now() - timedelta(days=30)).exists()
        mail.refresh_from_db()
        fresh.refresh_from_db()
        assert (mail.text, mail.recipient, mail.state, mail.kind) == ("", "", State.SENT, "test")
        assert fresh.text
        assert a_mail().pk == mail.pk  # still the same event


def test_erased_person_gets_no_mail_that_was_still_waiting(cast, server):
    with cast.in_town():
        mail = a_mail(account=cast.neighbour.pk)
        record_of(Outgoing).erase(mail)
        jobs.run_waiting()
        mail.refresh_from_db()
    assert (mail.state, mail.problem, mail.account_id) == (State.GIVEN_UP, "emptied", None)
    assert server.mails == []


def test_answers_go_to_the_municipality(cast, server):
    cast.town.contact_email = "integration@musterstadt.example"
    cast.town.save()
    with cast.in_town():
        a_mail()
        jobs.run_waiting()
    assert server.mails[0]["Reply-To"] == "integration@musterstadt.example"


def test_domain_beyond_ascii_is_spelt_as_mail_servers_know_it(cast, server):
    with cast.in_town():
        a_mail(to="info@bücherei.example")
        jobs.run_waiting()
    assert [mail["To"] for mail in server.mails] == ["info@xn--bcherei-n2a.example"]


@pytest.mark.parametrize(
    ("error", "code", "for_good"),
    [
        (smtplib.SMTPRecipientsRefused({"a": (550, b"no")}), "recipient 550", True),
        (smtplib.SMTPRecipientsRefused({"a": (452, b"full")}), "recipient 452", False),
        (smtplib.SMTPDataError(554, b"spam"), "contents 554", True),
        (smtplib.SMTPDataError(421, b"later"), "contents 421", False),
        (smtplib.SMTPSenderRefused(550, b"who", "x"), "sender 550", False),
        (smtplib.SMTPAuthenticationError(535, b"wrong"), "log-in 535", False),
        (smtplib.SMTPConnectError(554, b"blocked"), "server 554", False),
        (smtplib.SMTPServerDisconnected("gone"), "connection lost", False),
        (smtplib.SMTPNotSupportedError("smtputf8"), "address not supported", True),
        (TimeoutError(), "no answer in time", False),
        (ConnectionRefusedError(), "not reachable", False),
    ],
)
def test_what_an_error_means(error, code, for_good):
    assert rules.problem_of(error) == rules.Problem(code, for_good)


def test_letter_of_the_law_of_mail(cast, settings):
    """Long lines, dots at a line's start and other scripts arrive as written."""
    with cast.in_town():
        mail = a_mail()
    mail.text = "." + "ä" * 2000 + "\n.\nمرحبا\n"
    sent = smtp.message_of(mail).as_bytes()
    assert max(map(len, sent.splitlines())) <= 998
    assert email.message_from_bytes(sent, policy=default).get_content().replace("\r\n", "\n") == mail.text


@pytest.mark.django_db(transaction=True)
def test_same_event_from_two_requests_at_once_mails_once():
    people = testing.cast()
    together = threading.Barrier(2, timeout=20)

    def request():
        try:
            with people.in_town(), transaction.atomic():
                together.wait()
                return a_mail().pk
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        first, second = [pool.submit(request) for _ in range(2)]
        assert first.result() == second.result()
    with people.in_town():
        assert Outgoing.objects.count() == 1
    assert ProcrastinateJob.objects.filter(task_name=deliver.name).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_with_one_mail_send_it_once(server):
    """A job taken for stalled while its worker still talks to the mail server runs beside it."""
    people = testing.cast()
    server.pause = lambda: 0.3
    with people.in_town():
        mail = a_mail()

    def work():
        try:
            with people.in_town():
                deliver(mail.pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(work) for _ in range(2)]:
            done.result()
    assert len(server.mails) == 1


def test_words_of_the_mail_server_reach_no_log(cast, server, caplog):
    server.answer = "550 no such user nadja@beispiel.example"
    with cast.in_town(), caplog.at_level(0):
        a_mail()
        jobs.run_waiting()
    assert deliver.name in caplog.text
    assert "nadja" not in caplog.text.lower()
