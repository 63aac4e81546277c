"""The guiding principle on the pages: written, commented, adopted, cited, read by everybody."""

from datetime import timedelta

import pytest
from django.utils import timezone

from quartierwerk.rights import Role

from ...models import MeasureCitesPrinciple, PrincipleVersion
from ...tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(cast, client):
    client.force_login(cast.account[Role.COORDINATOR])
    return lambda path="": f"/staff/{cast.town.slug}/concept/{path}"


def test_a_first_version_is_begun_written_and_put_to_others(cast, client, staff):
    with cast.in_town():
        concept = factories.concept()
    made = client.post(staff("principle/"), {"concept": concept.pk, "title": "Leitbild"})
    assert made.status_code == 302
    texts = {"text-1": "Wir hören zu.", "place-1": "2", "text-2": "Alle reden mit.", "place-2": "1"}
    page = client.post(made["Location"], texts, follow=True)
    words = page.content.decode()
    assert words.index("Alle reden mit.") < words.index("Wir hören zu.")
    with cast.in_town():
        version = PrincipleVersion.objects.get()
    path = staff(f"principle/{version.pk}/")
    wrong = client.post(f"{path}step/", {"to": "consultation", "until": "31.02.2027"})
    assert wrong.status_code == 422
    until = timezone.localdate() + timedelta(days=10)
    assert (
        client.post(f"{path}step/", {"to": "consultation", "until": f"{until:%d.%m.%Y}"}).status_code == 302
    )
    client.force_login(cast.account[Role.DEPARTMENT])
    said = client.post(
        f"{path}comments/", {"passage": "alle-reden-mit", "words": "Auch Kinder?"}, follow=True
    )
    assert "Auch Kinder?" in said.content.decode()
    client.force_login(cast.account[Role.COORDINATOR])
    council = {
        "body": "Rat", "paper_number": "2026/9", "decided_on": f"{timezone.localdate():%d.%m.%Y}",
        "votes_yes": "9", "votes_no": "1", "wording": "Gilt.",
    }  # fmt: skip
    refused = client.post(f"{path}adopt/", council)
    assert refused.status_code == 422
    with cast.in_town():
        assert PrincipleVersion.objects.get().state == "consultation"
        assert not concept.council_decisions.exists()


def test_a_wrong_answer_or_step_changes_nothing(cast, client, staff):
    with cast.in_town():
        version = factories.principle_version(1, "Wir hören zu.")
        said = factories.principle_comment("Verein", version=version)
    path = staff(f"principle/{version.pk}/")
    assert client.post(f"{path}comments/{said.pk}/", {}).status_code == 422
    assert client.post(f"{path}step/", {"to": "adopted"}).status_code == 422
    assert client.post(f"{path}adopt/", {"decision": "council:x"}).status_code == 422


def test_a_measure_names_paragraphs_and_everybody_reads_what_follows(cast, client, staff):
    with cast.in_town():
        version = factories.adopted_principle(1, "Wir begegnen einander offen.", "Alle bringen etwas mit.")
        measure = factories.measure("Begegnungscafé", fields=[factories.field()])
        hidden = factories.measure("Noch geheim", visibility="tenant")
        factories.cited("p1", measure=hidden)
    url = staff(f"measures/{measure.pk}/principle/{version.principle_id}/")
    assert client.post(url, {"paragraphs": ["p1", "gibt-es-nicht"]}).status_code == 302
    with cast.in_town():
        assert not MeasureCitesPrinciple.objects.filter(measure=measure).exists()
    client.post(url, {"paragraphs": ["p1"]})
    assert "Wir begegnen einander offen." in client.get(staff(f"measures/{measure.pk}/")).content.decode()
    client.logout()
    public = client.get(f"/de/{cast.town.slug}/plan/integration/principle/").content.decode()
    assert "Begegnungscafé" in public
    assert "Noch geheim" not in public


def test_everybody_reads_what_holds_and_what_was_before_but_no_draft(cast, client):
    with cast.in_town():
        factories.adopted_principle(1, "Wir sind offen.")
        factories.adopted_principle(2, "Wir sind offen. Regeln gelten für alle.")
        factories.principle_version(3, "Nur ein Entwurf.")
    path = f"/de/{cast.town.slug}/plan/integration/principle/"
    words = client.get(path).content.decode()
    assert "Regeln gelten für alle." in words
    assert "Entwurf" not in words
    assert client.get(f"{path}1/").status_code == 200
    assert client.get(f"{path}3/").status_code == 404
    assert client.get(f"/de/{cast.town.slug}/plan/anderes/principle/").status_code == 404
    assert client.get(f"/de/{cast.other.slug}/plan/integration/principle/").status_code == 404


class Writer:
    """Somebody with the form open; posts every field as it stands there, but for what is typed."""

    def __init__(self, client, url):
        self.client, self.url = client, url
        self.sent = self.values_of(client.get(url))

    def values_of(self, answer):
        form = answer.context["form"]
        return {name: "" if (found := form[name].value()) is None else found for name in form.fields}

    def save(self, **typed):
        answer = self.client.post(
            self.url, self.sent | {name.replace("_", "-", 1): one for name, one in typed.items()}
        )
        if answer.status_code == 409:
            self.sent = self.values_of(answer)
        return answer


@pytest.fixture
def two_writers(cast, client, staff):
    with cast.in_town():
        version = factories.principle_version(1, "Eins.", "Zwei.", "Drei.")
        url = staff(f"principle/{version.pk}/write/")
        yield (
            Writer(client, url),
            Writer(client, url),
            lambda: [(row.key, row.text) for row in version.paragraphs.order_by("position")],
        )


def test_words_stay_with_their_paragraph_when_somebody_else_puts_one_in_between(two_writers):
    first, second, stored = two_writers
    first.save(text_4="Neu.", place_4="2", place_2="3", place_3="4")
    assert second.save(text_3="Drei, und mehr.").status_code == 302
    assert stored() == [("p1", "Eins."), ("neu", "Neu."), ("p2", "Zwei."), ("p3", "Drei, und mehr.")]


@pytest.mark.parametrize(("keep", "text"), [("theirs", "Zwei von A."), ("mine", "Zwei von B.")])
def test_of_a_paragraph_that_both_reworded_both_versions_are_shown(two_writers, keep, text):
    first, second, stored = two_writers
    first.save(text_2="Zwei von A.")
    asked = second.save(text_2="Zwei von B.", text_1="Eins von B.", text_4="Neu von B.")
    assert asked.status_code == 409
    words = asked.content.decode()
    assert "Zwei von A." in words
    assert "Zwei von B." in words
    assert stored() == [("p1", "Eins."), ("p2", "Zwei von A."), ("p3", "Drei.")]
    assert asked.context["form"].versions[0].choice == "keep-p2"
    second.sent["keep-p2"] = keep
    assert second.save().status_code == 302
    assert stored() == [("p1", "Eins von B."), ("p2", text), ("p3", "Drei."), ("neu-von-b", "Neu von B.")]


def test_a_paragraph_removed_and_reworded_at_the_same_time_is_asked_about_and_keeps_its_key(two_writers):
    first, second, stored = two_writers
    first.save(text_2="")
    assert second.save(text_2="Zwei von B.").status_code == 409
    second.sent["keep-p2"] = "mine"
    assert second.save().status_code == 302
    assert stored() == [("p1", "Eins."), ("p2", "Zwei von B."), ("p3", "Drei.")]
