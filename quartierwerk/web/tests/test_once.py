"""A form sent three times at once has one effect."""

import os
import threading

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse, HttpResponseRedirect
from django.test import RequestFactory, override_settings

from quartierwerk.tenants import scope
from quartierwerk.tenants.models import Tenant
from quartierwerk.web.models import SentForm
from quartierwerk.web.once import Once, in_steps, may_repeat

effects = []


def answer(request):
    effects.append(request.POST["name"])
    return HttpResponseRedirect("/danke/")


@may_repeat
def ballot(request):
    effects.append("ballot")
    return HttpResponse("ok")


def send(data, view=answer, path="/x/"):
    request = RequestFactory().post(path, {"csrfmiddlewaretoken": "a", **data})
    request.resolver_match = type("Match", (), {"func": staticmethod(view)})
    with scope.entered(scope.NOBODY):
        return Once(view)(request)


@pytest.fixture(autouse=True)
def _empty():
    effects.clear()


@pytest.mark.django_db
def test_same_page_sent_again_gets_the_first_answer():
    first, second = send({"name": "eins"}), send({"name": "eins"})
    assert effects == ["eins"]
    assert (first.status_code, second.status_code, second["Location"]) == (302, 302, "/danke/")


@pytest.mark.django_db
def test_corrected_or_fresh_page_is_a_new_form():
    send({"name": "eins"})
    send({"name": "zwei"})
    send({"name": "eins", "csrfmiddlewaretoken": "b"})
    assert effects == ["eins", "zwei", "eins"]


@pytest.mark.django_db
@override_settings(FILE_UPLOAD_HANDLERS=["django.core.files.uploadhandler.MemoryFileUploadHandler"])
def test_another_file_of_the_same_name_and_size_is_another_form():
    for content in (b"name;ort\nEins;Mitte\n", b"name;ort\nZwei;Mitte\n", b"name;ort\nZwei;Mitte\n"):
        send({"name": "liste", "file": SimpleUploadedFile("liste.csv", content)})
    assert effects == ["liste", "liste"]


@pytest.mark.django_db
def test_refused_form_may_be_sent_again_unchanged():
    def refuse(request):
        effects.append("tried")
        return HttpResponse(status=422)

    send({"name": "x"}, refuse)
    send({"name": "x"}, refuse)
    assert effects == ["tried", "tried"]
    assert not SentForm.objects.exists()


@pytest.mark.django_db
def test_declared_exception_leaves_no_trace():
    send({"name": "x"}, ballot)
    send({"name": "x"}, ballot)
    assert effects == ["ballot", "ballot"]
    assert not SentForm.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_three_at_once_have_one_effect():
    def create(request):
        Tenant.objects.create(slug=f"t{Tenant.objects.count()}", name="T")
        return HttpResponseRedirect("/neu/")

    barrier, answers = threading.Barrier(3), []

    def one():
        try:
            barrier.wait()
            answers.append(send({"name": "gleich"}, create)["Location"])
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Tenant.objects.count() == 1
    assert answers == ["/neu/"] * 3


def _killed_before_noting(view):
    """What a server process does that is killed between the effect and the note of it."""
    pid = os.fork()
    if not pid:
        connection.connect()  # the parent's must not be shared
        SentForm.objects.update_or_create = lambda **values: os._exit(9)
        try:
            send({"name": "einmal"}, view)
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 9


@pytest.mark.django_db(transaction=True)
def test_form_sent_again_after_a_crash_has_one_effect():
    def create(request):
        Tenant.objects.create(slug=f"t{Tenant.objects.count()}", name="T")
        return HttpResponseRedirect("/neu/")

    connection.close()
    _killed_before_noting(create)
    assert send({"name": "einmal"}, create)["Location"] == "/neu/"
    assert Tenant.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_fault_on_our_side_leaves_nothing():
    def half(request):
        Tenant.objects.create(slug="halb", name="T")
        return HttpResponse(status=500)

    assert send({"name": "x"}, half).status_code == 500
    assert not Tenant.objects.exists()
    assert not SentForm.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_effect_in_steps_commits_itself():
    @in_steps
    def step(request):
        assert not connection.in_atomic_block
        return answer(request)

    send({"name": "eins"}, step)
    send({"name": "eins"}, step)
    assert effects == ["eins"]
