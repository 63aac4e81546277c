"""A need on its pages: near-same ones, what it rests on, what it becomes, and who hears of it."""

from datetime import timedelta

from django.utils import timezone

from quartierwerk.chain.models import Link
from quartierwerk.directory.tests.factories import wish
from quartierwerk.planning import work
from quartierwerk.planning.models import Measure, Need
from quartierwerk.planning.tests import factories

from .. import linking, moves

STAFF = "/staff/musterstadt/concept"


def test_a_near_same_need_in_the_same_area_is_shown_first(cast, desk, plan):
    form = {"title": "Kinderbetreuung bei Kursen", "urgency": "2", "visibility": "tenant"}
    answer = desk.post(f"{STAFF}/needs/new/", form)
    assert answer.status_code == 422
    assert plan["need"].title in answer.content.decode()
    assert Need.objects.count() == 1
    assert desk.post(f"{STAFF}/needs/new/", {**form, "another": "1"}).status_code == 302
    assert Need.objects.count() == 2


def test_a_need_was_not_noticed_on_a_day_still_to_come(cast, desk, plan):
    tomorrow = timezone.localdate() + timedelta(days=1)
    answer = desk.post(f"{STAFF}/needs/new/", {"noticed_on": f"{tomorrow:%d.%m.%Y}"})
    assert "noch bevor" in str(answer.context["form"].errors["noticed_on"])
    answer = desk.post(f"{STAFF}/needs/new/", {"noticed_on": f"{timezone.localdate():%d.%m.%Y}"})
    assert "noticed_on" not in answer.context["form"].errors


def test_a_need_is_rejected_only_with_a_public_reason(cast, desk, plan):
    url = f"{STAFF}/needs/{plan['need'].pk}/move/"
    answer = desk.post(url, {"target": "rejected", "reason": "  "})
    assert answer.status_code == 422
    plan["need"].refresh_from_db()
    assert plan["need"].state == "new"
    assert desk.post(url, {"target": "rejected", "reason": "Der Landkreis macht das."}).status_code == 302
    plan["need"].refresh_from_db()
    assert (plan["need"].state, plan["need"].rejected_reason) == ("rejected", "Der Landkreis macht das.")


def test_rejecting_publishes_only_where_somebody_says_so(cast, desk, plan):
    need, reason = plan["need"], {"target": "rejected", "reason": "Der Landkreis macht das."}
    Need.objects.filter(pk=need.pk).update(visibility="tenant")
    page = desk.get(f"{STAFF}/needs/{need.pk}/").content.decode()
    assert 'name="publish"' in page
    assert "Begründung, für alle lesbar" not in page
    desk.post(f"{STAFF}/needs/{need.pk}/move/", reason)
    need.refresh_from_db()
    assert need.visibility == "tenant"
    desk.post(f"{STAFF}/needs/{need.pk}/move/", {"target": "new"})
    desk.post(f"{STAFF}/needs/{need.pk}/move/", reason | {"publish": "1"})
    need.refresh_from_db()
    assert (need.visibility, need.rejected_reason) == ("public", "Der Landkreis macht das.")


def test_who_asked_for_it_is_named_until_she_hears_of_it(cast, desk, plan, monkeypatch):
    heard = []
    monkeypatch.setattr(moves, "followers", [lambda need: heard.append(need.state)])
    voice = wish("Betreuung am Abend", state="taken")
    factories.linked(voice, plan["need"])
    assert "Betreuung am Abend" in desk.get(f"{STAFF}/needs/{plan['need'].pk}/").content.decode()
    assert not list(work.wishes_to_answer(desk.get(f"{STAFF}/needs/").wsgi_request))
    desk.post(f"{STAFF}/needs/{plan['need'].pk}/move/", {"target": "rejected", "reason": "Kein Raum."})
    page = desk.get(f"{STAFF}/needs/{plan['need'].pk}/")
    assert [entry.title for entry, _url in page.context["to_be_told"]] == ["Betreuung am Abend"]
    assert list(work.wishes_to_answer(page.wsgi_request)) == [voice]
    assert heard == ["rejected"]


def test_a_need_is_met_by_something(cast, desk, plan):
    bare = factories.need("Abbau von Hürden", fields=[plan["field"]], state="accepted")
    url = f"{STAFF}/needs/{bare.pk}/move/"
    assert desk.post(url, {"target": "met"}).status_code == 422
    assert desk.post(url, {"target": "met", "reason": "Das Land zahlt jetzt."}).status_code == 302
    bare.refresh_from_db()
    assert (bare.state, bare.met_by) == ("met", "Das Land zahlt jetzt.")
    Need.objects.filter(pk=plan["need"].pk).update(state="accepted")
    Measure.objects.update(stage="stopped", stopped_reason="Kein Geld.")
    url = f"{STAFF}/needs/{plan['need'].pk}/move/"
    assert desk.post(url, {"target": "met"}).status_code == 422
    Measure.objects.update(stage="running", stopped_reason="")
    assert desk.post(url, {"target": "met"}).status_code == 302


def test_sources_of_every_kind_of_the_chain_are_tied_on_the_page_of_the_need(cast, desk, plan):
    voice, need = wish("Ein Raum zum Üben\nam Abend"), plan["need"]
    page = desk.get(f"{STAFF}/needs/{need.pk}/").content.decode()
    for kind in linking.leading_to("need"):
        assert f"{STAFF}/need/{need.pk}/link/{kind}/" in page
    found = desk.get(f"{STAFF}/need/{need.pk}/link/wish/?q=üben").context["found"]
    assert [one.title for one in found] == [voice.words]
    tie = f"{STAFF}/need/{need.pk}/link/wish/"
    desk.post(tie, {"element": voice.element_id})
    assert Link.objects.filter(source=voice.element_id, target=need.element_id).exists()
    # From the other side, too.
    assert need.title in desk.get(f"/staff/musterstadt/directory/wishes/{voice.pk}/").content.decode()
    desk.post(tie, {"element": voice.element_id, "untie": "1"})
    assert not Link.objects.filter(source=voice.element_id).exists()


def test_what_is_made_of_a_need_stands_in_its_fields(cast, desk, plan):
    Need.objects.filter(pk=plan["need"].pk).update(space=cast.middle)
    form = desk.get(f"{STAFF}/measures/new/?from={plan['need'].element_id}").context["form"]
    assert form["in_fields"].value() == [plan["field"].pk]
    assert form["space"].value() == cast.middle.pk
