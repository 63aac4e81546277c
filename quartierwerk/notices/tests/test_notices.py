"""Who answers for the pages: texts of each municipality, on every page, also while they are not written."""

import pytest
from django.urls import reverse

from quartierwerk.journal.models import JournalEntry
from quartierwerk.languages.states import TranslationState
from quartierwerk.notices import rules
from quartierwerk.notices.models import Notice, NoticeText
from quartierwerk.notices.skeletons import skeleton
from quartierwerk.operating import doctor
from quartierwerk.rights import Role
from quartierwerk.tenants import scope
from quartierwerk.tenants.models import Tenant

pytestmark = pytest.mark.django_db


def page(client, cast, name, lang="de"):
    return client.get(reverse(name, kwargs={"lang": lang, "tenant": cast.town.slug}))


def staff(cast, name, **keys):
    return reverse(name, kwargs={"tenant": cast.town.slug, **keys})


@pytest.fixture
def admin(cast, client):
    client.force_login(cast.account[Role.ADMINISTRATOR])
    return client


def write(client, cast, kind, text):
    path = staff(cast, f"notice-{kind}")
    opened = client.get(path).context["form"].initial.get("as_opened", "")
    return client.post(path, {"text": text, "as_opened": opened})


@pytest.mark.parametrize("kind", ["imprint", "privacy"])
def test_footer_leads_to_a_page_that_says_what_is_missing(cast, client, kind):
    home = page(client, cast, "home").content.decode()
    assert f'href="/de/{cast.town.slug}/{kind}/"' in home
    shown = page(client, cast, kind).content.decode()
    assert "qw-note--warn" in shown
    assert cast.town.contact_phone in shown


@pytest.mark.parametrize("kind", ["imprint", "privacy"])
def test_prepared_text_is_not_saved_before_its_gaps_are_filled(admin, cast, kind):
    path = staff(cast, f"notice-{kind}")
    prepared = admin.get(path).context["form"].initial["text"]
    assert prepared == skeleton(kind, cast.town)
    gaps = rules.left_to_fill(prepared)
    assert len(gaps) >= 3
    answer = write(admin, cast, kind, prepared)
    assert answer.status_code == 422
    assert gaps[0] in answer.content.decode()
    with cast.in_town():
        assert not Notice.objects.exists()
    for gap in gaps:
        prepared = prepared.replace(gap, "ausgefüllt")
    assert write(admin, cast, kind, prepared).status_code == 302
    shown = page(admin, cast, kind).content.decode()
    assert "ausgefüllt" in shown
    assert "qw-note--warn" not in shown


def test_text_is_changed_journalled_and_shown_in_the_readers_language(admin, cast):
    write(admin, cast, "imprint", "Stadt Musterstadt, Marktplatz 1")
    write(admin, cast, "imprint", "Stadt Musterstadt, Marktplatz 2")
    with cast.in_town():
        record = Notice.objects.get()
        assert JournalEntry.objects.filter(object_id=str(record.pk)).count() == 2
        NoticeText.objects.create(
            record=record, text_name="text", language="ar", text="بلدية", state=TranslationState.HUMAN,
            source_text=record.text,
        )  # fmt: skip
    assert "بلدية" in page(admin, cast, "imprint", "ar").content.decode()
    turkish = page(admin, cast, "imprint", "tr").content.decode()
    assert '<div lang="de" dir="ltr"><p>Stadt Musterstadt, Marktplatz 2' in turkish
    assert "qw-tag--warn" in turkish  # says that it is not translated


def test_texts_of_another_municipality_stay_there(admin, cast):
    with cast.in_other():
        Notice.objects.create(kind="imprint", text="Nachbarstadt, Am Wall 3", visibility="public")
    assert "Am Wall 3" not in page(admin, cast, "imprint").content.decode()
    foreign = reverse("notice-imprint", kwargs={"tenant": cast.other.slug})
    assert admin.get(foreign).status_code == 404


def test_contact_is_changed_by_the_administrator_and_stands_on_every_page(admin, cast):
    path = staff(cast, "settings")
    form = admin.get(path).context["form"]
    values = {name: form.initial.get(name, "") for name in form.fields} | {"contact_phone": "0511 000 99 99"}
    assert admin.post(path, values).status_code == 302
    assert "0511 000 99 99" in page(admin, cast, "home").content.decode()
    values |= {"contact_phone": "", "contact_email": ""}
    assert admin.post(path, values).status_code in (409, 422)
    with cast.in_town():
        assert JournalEntry.objects.filter(action="municipality changed").count() == 1


def test_administrator_says_how_the_directory_is_kept(admin, cast):
    path = staff(cast, "settings")
    form = admin.get(path).context["form"]
    values = {name: form[name].value() or "" for name in form.fields}
    values |= {"land": "BY", "confirm_every_months": "12", "changes_are_checked": "on"}
    assert admin.post(path, values).status_code == 302
    cast.town.refresh_from_db()
    assert (cast.town.land, cast.town.confirm_every_months, cast.town.changes_are_checked) == ("BY", 12, True)


@pytest.mark.parametrize(
    ("field", "typed"),
    [("land", "XX"), ("land", ""), ("confirm_every_months", "0"), ("confirm_every_months", "25")],
)
def test_settings_that_mean_nothing_are_refused(admin, cast, field, typed):
    path = staff(cast, "settings")
    form = admin.get(path).context["form"]
    values = {name: form[name].value() or "" for name in form.fields} | {field: typed}
    answer = admin.post(path, values)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])


def test_start_page_names_who_runs_the_installation(cast, client, settings):
    Tenant.objects.filter(pk=cast.region.pk).update(contact_office="Region", contact_phone="0511 616 0")
    miss = client.get(reverse("find"), {"q": "00000"}).content.decode()
    assert "0511 616 0" in miss  # the one above all others
    assert f"/{cast.region.slug}/imprint/" in miss
    settings.OPERATED_BY = cast.town.slug
    assert cast.town.contact_phone in client.get(reverse("find")).content.decode()
    settings.OPERATED_BY = "gibt-es-nicht"
    assert "imprint" not in client.get(reverse("find")).content.decode()


def test_doctor_warns_while_texts_are_missing(cast):
    def found():
        return {finding.name: finding for finding in doctor._legal_texts()}

    assert found()["legal texts"].state == doctor.State.WARNING
    assert f"{cast.town.slug}: imprint" in found()["legal texts"].says
    for tenant in Tenant.objects.all():
        with scope.entered(scope.staff(tenant)):
            for kind in Notice.Kind:
                Notice.objects.create(kind=kind, text="Wortlaut", visibility="public")
    assert found()["legal texts"].state == doctor.State.OK
    assert "operator" not in found()
    Tenant.objects.create(slug="zweite", name="Zweite")
    assert found()["operator"].state == doctor.State.WARNING


@pytest.mark.parametrize(
    ("text", "gaps"),
    [
        ("Marktplatz 1", []),
        ("[Straße], [Ort]", ["[Straße]", "[Ort]"]),
        ("[Straße] und [Straße]", ["[Straße]"]),
        ("vergessen [zu schließen", ["[zu schließen"]),
        ("", []),
    ],
)
def test_gaps_are_what_stands_in_square_brackets(text, gaps):
    assert rules.left_to_fill(text) == gaps


def test_doctor_names_example_towns_without_texts_and_counts_no_draft(cast):
    cast.town.is_example = True
    cast.town.save()
    with cast.in_town():
        Notice.objects.create(kind=Notice.Kind.IMPRINT, text="Entwurf", visibility="tenant")
    (found,) = [one for one in doctor._legal_texts() if one.name == "legal texts"]
    assert f"{cast.town.slug} (example): imprint" in found.says
