"""Voting and drawing a code in the browser, and the vote in the back office."""

import pytest
from django.conf import settings
from django.test import Client

from quartierwerk.messages.models import Outgoing
from quartierwerk.people import throttling
from quartierwerk.people.models import KeptInput
from quartierwerk.rights import Role
from quartierwerk.web.models import SentForm

from ...models import Ballot, RollEntry, Vote
from ...tests.addresses import public, staff
from .. import box, codes, drawing
from . import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def vote(cast):
    with cast.in_town():
        return factories.vote()


@pytest.fixture
def page(cast, vote):
    return public(cast, "processes", vote.process_id, "vote")


def ballot(cast, vote, code: str, **points: str) -> dict:
    with cast.in_town():
        ids = factories.ids(vote)
    return {"code": code, **{f"p_{ids[title]}": n for title, n in points.items()}}


def code_of(cast, vote) -> str:
    with cast.in_town():
        return codes.shown(factories.code(vote))


def test_a_second_vote_says_that_it_replaced_the_first(cast, client, vote, page):
    code = code_of(cast, vote)
    first = client.post(page, ballot(cast, vote, code, Bänke="5"))
    assert first["Location"] == f"{page}?accepted=first"
    assert client.post(page, ballot(cast, vote, code.lower(), Bäume="2"))["Location"].endswith(
        "accepted=again"
    )
    with cast.in_town():
        assert [sum(one.choices.values()) for one in Ballot.objects.all()] == [2]
    assert not SentForm.objects.exists()


def test_what_was_typed_stays_when_the_box_has_closed(cast, client, vote, page):
    code = code_of(cast, vote)
    with cast.in_town():
        factories.close(vote)
    answer = client.post(page, ballot(cast, vote, code, Bänke="5"))
    text = answer.content.decode()
    assert answer.status_code == 409
    assert f'value="{code}"' in text
    assert 'value="5"' in text
    assert answer.context["closed"].closes_at
    with cast.in_town():
        assert not Ballot.objects.exists()


@pytest.mark.parametrize(
    ("code", "points", "words"),
    [
        ("", {"Bänke": "1"}, "code"),
        ("AAAA-BBBB-CCCC-DDDD", {"Bänke": "1"}, "code"),
        ("zu kurz", {"Bänke": "1"}, "code"),
        (None, {"Bänke": "6"}, "p_"),
        (None, {"Bänke": "3", "Bäume": "3"}, "__all__"),
        (None, {}, "__all__"),
        (None, {"Bänke": "viel"}, "p_"),
    ],
)
def test_a_bad_ballot_is_refused_and_keeps_what_was_typed(cast, client, vote, page, code, points, words):
    given = code_of(cast, vote) if code is None else code
    answer = client.post(page, ballot(cast, vote, given, **points))
    assert answer.status_code == 422
    assert any(name.startswith(words) for name in answer.context["form"].errors)
    with cast.in_town():
        assert not Ballot.objects.exists()


def test_wrong_codes_are_counted_and_votes_are_not(cast, client, vote, page, monkeypatch):
    monkeypatch.setitem(throttling.OWN_RATES, "vote_code", "2/h/ip")
    wrong = ballot(cast, vote, "AAAA-BBBB-CCCC-DDDD", Bänke="1")
    assert [client.post(page, wrong).status_code for _ in range(3)] == [422, 422, 429]
    # Whoever shares the address may still vote.
    right = ballot(cast, vote, code_of(cast, vote), Bänke="1")
    assert client.post(page, right).status_code == 302


def test_before_the_box_opens_and_after_it_closes_there_is_no_form(cast, client):
    with cast.in_town():
        coming, over = factories.vote(now="discuss"), factories.vote()
        factories.close(over)
    for vote, state in ((coming, "coming"), (over, "closed")):
        answer = client.get(public(cast, "processes", vote.process_id, "vote"))
        assert (answer.status_code, answer.context["shown"].state, answer.context["form"]) == (
            200,
            state,
            None,
        )


def test_opening_the_mailed_link_draws_nothing_and_its_button_shows_the_code_once(cast, client, vote):
    with cast.in_town():
        entry = factories.roll_entry("Amina", vote=vote)
    url = public(cast, "codes", entry.pk, drawing.token_of(entry.pk))
    number = client.get(url).context["page"]
    with cast.in_town():
        assert not RollEntry.objects.get().has_code
    answer = client.post(url, {"page": number})
    code = answer.context["code"]
    assert code in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    # The same page asked once more, since the answer may have been lost; nobody else gets it.
    assert client.post(url, {"page": number}).context["code"] == code
    other = Client()
    assert other.get(url).context["drawn"]
    refused = other.post(url, {"page": "0" * 32})
    assert (refused.status_code, "code" in refused.context) == (409, False)
    with cast.in_town():
        row = RollEntry.objects.get()
        assert row.has_code
        assert codes.read(code) not in str(vars(row))
        assert box.put_in(vote, code, {factories.ids(vote)["Bänke"]: 1}) is False
    assert not SentForm.objects.exists()


def test_a_wrong_or_foreign_link_opens_nothing(cast, client, vote):
    with cast.in_town():
        entry = factories.roll_entry("Amina", vote=vote)
        at_desk = factories.roll_entry("Boris", vote=vote, way="desk", mail="")
    assert client.get(public(cast, "codes", entry.pk, "0" * 64)).status_code == 404
    assert client.get(public(cast, "codes", at_desk.pk, drawing.token_of(at_desk.pk))).status_code == 404
    elsewhere = public(cast, "codes", entry.pk, drawing.token_of(entry.pk)).replace(
        cast.town.slug, cast.other.slug
    )
    assert client.get(elsewhere).status_code == 404


def test_after_the_vote_no_code_is_drawn(cast, client, vote):
    with cast.in_town():
        entry = factories.roll_entry("Amina", vote=vote)
        factories.close(vote)
    answer = client.post(
        public(cast, "codes", entry.pk, drawing.token_of(entry.pk)), {"page": drawing.new_page()}
    )
    assert (answer.status_code, "code" in answer.context) == (409, False)


def test_the_mail_carries_a_link_and_no_code_and_goes_out_once(cast, client, vote):
    with cast.in_town():
        entry = factories.roll_entry("Amina", vote=vote)
    client.force_login(cast.account[Role.COORDINATOR])
    for _ in range(2):
        client.post(staff(cast, "processes", "votes", vote.pk, "links"))
    with cast.in_town():
        mail = Outgoing.objects.get()
    assert drawing.token_of(entry.pk) in mail.text
    with cast.in_town():
        assert not RollEntry.objects.get().has_code


def test_slips_and_ballot_are_printed_and_the_codes_on_them_are_new_each_time(cast, client, vote):
    client.force_login(cast.account[Role.COORDINATOR])
    answer = client.post(staff(cast, "processes", "votes", vote.pk, "slips"), {"n": "3"})
    assert answer.content.startswith(b"%PDF")
    assert client.post(staff(cast, "processes", "votes", vote.pk, "slips"), {"n": "0"}).status_code == 422
    with cast.in_town():
        assert Vote.objects.get().slips == 3
        drawn = drawing.slips(vote, 50, by=cast.person(Role.COORDINATOR))
        assert len(set(drawn)) == 50
    assert client.get(
        f"/staff/{cast.town.slug}/voices/processes/votes/{vote.pk}/ballot.pdf"
    ).content.startswith(b"%PDF")


def test_a_ballot_from_paper_goes_into_the_same_box(cast, client, vote, page):
    code = code_of(cast, vote)
    client.post(page, ballot(cast, vote, code, Bänke="1"))
    client.force_login(cast.account[Role.COORDINATOR])
    answer = client.post(
        staff(cast, "processes", "votes", vote.pk, "paper"), ballot(cast, vote, code, Bäume="4")
    )
    assert answer["Location"].endswith("accepted=again")
    with cast.in_town():
        assert [sum(one.choices.values()) for one in Ballot.objects.all()] == [4]


def test_a_ballot_typed_after_the_session_ended_is_not_kept_as_other_texts_are(cast, client, vote):
    client.force_login(cast.account[Role.COORDINATOR])
    url = staff(cast, "processes", "votes", vote.pk, "paper")
    client.get(url)  # gives the browser its mark, without which nothing is kept anyway
    client.cookies.pop(settings.SESSION_COOKIE_NAME, None)
    assert "/accounts/" in client.post(url, ballot(cast, vote, code_of(cast, vote), Bänke="4"))["Location"]
    assert not KeptInput.objects.exists()
    client.post(staff(cast, "processes", "new"), {"title": "Was fehlt?"})
    assert KeptInput.objects.count() == 1


def test_the_roll_takes_people_once_and_refuses_a_mailed_link_without_address(cast, client, vote):
    client.force_login(cast.account[Role.COORDINATOR])
    url = staff(cast, "processes", "votes", vote.pk, "roll")
    assert client.post(url, {"way": "mail", "people": "Amina"}).status_code == 422
    lines = "Amina; amina@beispiel.example\n\nBoris ; boris@beispiel.example"
    client.post(url, {"way": "mail", "people": lines})
    client.post(url, {"way": "mail", "people": lines.replace("Boris", "Boris B.")})
    client.post(url, {"way": "desk", "people": "Clara"})
    with cast.in_town():
        assert [one.name for one in RollEntry.objects.all()] == ["Amina", "Boris", "Clara"]
        clara = RollEntry.objects.get(name="Clara")
    client.post(staff(cast, "processes", "votes", vote.pk, "handed-out"), {"entry": [str(clara.pk)]})
    with cast.in_town():
        assert list(RollEntry.objects.filter(has_code=True).values_list("name", flat=True)) == ["Clara"]


def test_how_it_is_voted_is_fixed_once_the_box_is_open(cast, client):
    client.force_login(cast.account[Role.COORDINATOR])
    with cast.in_town():
        running, coming = factories.vote(), factories.vote(now="discuss")
    assert client.get(staff(cast, "processes", running.process_id, "vote")).status_code == 302
    url = staff(cast, "processes", coming.process_id, "vote")
    opened = client.get(url).context["form"].initial["as_opened"]
    data = {"phase": coming.phase_id, "method": "budget", "sum_cents": "", "as_opened": opened}
    assert "sum_cents" in client.post(url, data).context["form"].errors
    assert client.post(url, data | {"sum_cents": "5.000"}).status_code == 302
    with cast.in_town():
        assert Vote.objects.get(pk=coming.pk).sum_cents == 500_000


def test_with_few_voters_the_result_keeps_its_numbers(cast, client, vote):
    url = public(cast, "processes", vote.process_id)
    with cast.in_town():
        ids = factories.ids(vote)
        for n in range(5):
            box.put_in(vote, factories.code(vote), {ids["Bänke" if n else "Bäume"]: 5})
        factories.close(vote)
        box.count(vote, by=cast.person(Role.COORDINATOR))
    outcome = client.get(url).context["vote"].outcome
    assert (outcome.turnout, [one.n for one in outcome.places]) == (None, [None] * 3)
    assert str(outcome.places[0].title) == "Bänke"


def test_with_ten_voters_turnout_and_numbers_are_public(cast, client, vote):
    with cast.in_town():
        ids = factories.ids(vote)
        for _ in range(10):
            box.put_in(vote, factories.code(vote), {ids["Bänke"]: 3, ids["Bäume"]: 1})
        factories.close(vote)
        box.count(vote, by=cast.person(Role.COORDINATOR))
    outcome = client.get(public(cast, "processes", vote.process_id)).context["vote"].outcome
    assert (outcome.turnout, [one.n for one in outcome.places]) == (10, [30, 10, 0])
