"""Reading in a concept on the pages: look first, answer what is unclear, then store."""

import io
import json

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from quartierwerk.intake.models import ImportFile
from quartierwerk.rights import Role
from quartierwerk.tenants import scope

from ..models import FieldOfAction, Measure, Need
from . import factories


class Browser:
    def __init__(self, cast):
        self.base = f"/staff/{cast.town.slug}/concept/"
        self.client = Client()
        self.client.force_login(cast.account[Role.COORDINATOR])

    def get(self, path: str):
        with scope.entered(None):
            return self.client.get(path)

    def post(self, path: str, **typed):
        with scope.entered(None):
            return self.client.post(path, typed)

    def send(self, name: str, content: bytes):
        return self.post(f"{self.base}import/", file=SimpleUploadedFile(name, content))


def test_a_renamed_field_is_asked_about_and_the_answer_leads_on(cast):
    with cast.in_town():
        field = factories.field("Wohnen")
    browser = Browser(cast)
    document = {
        "fields": [{"name": "Wohnen und Leben"}],
        "needs": [{"title": "Platz", "fields": ["Wohnen und Leben"]}],
    }
    check = browser.send("konzept.json", json.dumps(document).encode())["Location"]
    asked = browser.get(check)
    assert asked.context["answers_form"].names == {"field_0": "Wohnen und Leben"}
    assert not asked.context["may_run"]
    browser.post(f"{check}run/")
    with cast.in_town():
        assert not Need.objects.exists()
    assert browser.post(check, answers="1", field_0="").status_code == 422
    assert browser.post(check, answers="1", field_0="Wohnen").status_code == 302
    assert browser.get(check).context["may_run"]
    with cast.in_town():
        assert not Need.objects.exists()
    browser.post(f"{check}run/")
    with cast.in_town():
        assert field.needs.get().need.title == "Platz"
        assert ImportFile.objects.get().state == ImportFile.State.DONE
    browser.post(f"{check}run/")
    with cast.in_town():
        assert Need.objects.count() == 1


def test_columns_are_said_on_the_page(cast):
    book, content = openpyxl.Workbook(), io.BytesIO()
    for row in (("Bereich", "Vorhaben"), ("Wohnen", "Wohnungsbörse")):
        book.active.append(row)
    book.save(content)
    browser = Browser(cast)
    check = browser.send("plan.xlsx", content.getvalue())["Location"]
    assert browser.get(check).context["result"].refusal
    assert browser.post(check, columns="1", column_0="field", column_1="measure").status_code == 302
    browser.post(f"{check}run/")
    with cast.in_town():
        assert Measure.objects.get().title == "Wohnungsbörse"
        assert FieldOfAction.objects.get().name == "Wohnen"


def test_a_file_that_is_no_concept_is_refused_in_the_form(cast):
    answer = Browser(cast).send("liste.json", b'{"other": []}')
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]
    with cast.in_town():
        assert not ImportFile.objects.exists()


def test_a_broken_excel_file_is_not_called_json(cast):
    for content in (b"PK\x03\x04 cut off", b"\xd0\xcf\x11\xe0 of old", b""):
        answer = Browser(cast).send("plan.xlsx", content)
        assert answer.status_code == 422
        (sentence,) = answer.context["form"].errors["file"]
        assert "JSON" not in sentence
