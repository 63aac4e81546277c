"""After a vote nobody who has the database learns from it who chose what: not by value, not by order, not by time."""

import random
import threading
from itertools import product

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from ...models import Ballot, RollEntry
from .. import box, codes, drawing
from . import factories

PEOPLE = 12


def url(cast, *parts) -> str:
    return f"/de/{cast.town.slug}/voices/" + "/".join(str(part) for part in parts) + "/"


def draws_and_votes(cast, vote, entry: RollEntry, title: str) -> str:
    """As a person does it in her browser, the mailed link first; returns her code."""
    client = Client()
    page = url(cast, "codes", entry.pk, drawing.token_of(entry.pk))
    number = client.get(page).context["page"]
    code = client.post(page, {"page": number}).context["code"]
    with cast.in_town():
        ids = factories.ids(vote)
    answer = client.post(
        url(cast, "processes", vote.process_id, "vote"), {"code": code, f"p_{ids[title]}": "1"}
    )
    assert answer["Location"].endswith("accepted=first")
    return code


def rows_of_everything() -> dict[str, list[dict]]:
    """Every row of every table, history and journal included, with what the server keeps beside it."""
    found = {}
    name = connection.settings_dict["NAME"]
    with psycopg.connect(settings.SERVER.url("superuser", name), row_factory=psycopg.rows.dict_row) as server:
        tables = server.execute("select tablename from pg_tables where schemaname = 'public'").fetchall()
        for table in (one["tablename"] for one in tables):
            query = f'select ctid::text as _ctid, xmin::text as _xmin, to_jsonb(t) as row from "{table}" t'
            if rows := server.execute(query).fetchall():
                found[table] = rows
    return found


@pytest.mark.slow
@pytest.mark.django_db(transaction=True, databases=["default", "keeper"])
def test_no_code_stands_in_the_database_and_nothing_joins_the_roll_to_a_ballot(cast):
    with cast.in_town():
        vote = factories.vote()
        entries = [factories.roll_entry(f"Person{n}", vote=vote) for n in range(PEOPLE)]
    random.shuffle(entries)
    drawn = {
        entry.name: draws_and_votes(cast, vote, entry, ("Bänke", "Bäume", "Brunnen")[n % 3])
        for n, entry in enumerate(entries)
    }
    everything = rows_of_everything()
    text = "\n".join(str(row["row"]) for rows in everything.values() for row in rows).upper()
    for code in drawn.values():
        plain = codes.read(code)
        assert plain not in text
        assert code not in text
        assert plain[: codes.DRAWN] not in text
    roll, ballots = everything["participation_rollentry"], everything["participation_ballot"]
    assert len(ballots) == PEOPLE
    assert all(row["row"]["has_code"] for row in roll)
    # By value: no value of a roll's row stands in a ballot, but for what is the same in all of them.
    shared = {"tenant_id", "vote_id"}
    for entry, ballot in product(roll, ballots):
        values = {str(value) for name, value in entry["row"].items() if name not in shared}
        others = {str(value) for name, value in ballot["row"].items() if name not in shared}
        assert not values & others
    # By time: neither has one, and all rows of a table carry one transaction, the last one's.
    for rows in (roll, ballots):
        assert len({row["_xmin"] for row in rows}) == 1
    # By what is written elsewhere: no other table names a ballot, and none names an entry but the mails to it.
    ids = {row["row"]["id"] for row in ballots} | {row["row"]["key"] for row in ballots}
    for table, rows in everything.items():
        if table != "participation_ballot":
            assert not [row for row in rows if any(one in str(row["row"]) for one in ids)], table
    named = {row["row"]["id"] for row in roll}
    telling = {
        table
        for table, rows in everything.items()
        for row in rows
        if any(one in str(row["row"]) for one in named)
    }
    assert telling == {"participation_rollentry"}
    _no_order_is_kept(cast, vote, drawn, entries, roll, ballots)


def _no_order_is_kept(cast, vote, drawn, entries, roll, ballots) -> None:
    """The order in which people came is neither the order of the roll nor that of the box, as both lie on the disk."""
    came = [entry.name for entry in entries]
    with cast.in_town():
        key = box.key_of(vote)
    keys = [codes.ballot_key(key, codes.read(drawn[name])) for name in came]
    lying = [row["row"]["key"] for row in sorted(ballots, key=_place)]
    assert lying != keys
    assert [row["row"]["name"] for row in sorted(roll, key=_place)] != came


def _place(row: dict) -> tuple[int, ...]:
    return tuple(int(part) for part in row["_ctid"].strip("()").split(","))


@pytest.mark.slow
@pytest.mark.django_db(transaction=True, databases=["default", "keeper"])
def test_a_hundred_people_vote_at_once_and_every_vote_counts_once(cast):
    people, workers = 100, 20
    with cast.in_town():
        vote = factories.vote()
        drawn = [factories.code(vote) for _ in range(people)]
        ids = list(factories.ids(vote).values())
    together, faults = threading.Barrier(workers), []

    def work(mine: int) -> None:
        try:
            together.wait()
            with cast.in_town():
                for n in range(mine, people, workers):
                    # Everybody twice: the second one replaces.
                    box.put_in(vote, drawn[n], {ids[(n + 1) % 3]: 2})
                    box.put_in(vote, drawn[n], {ids[n % 3]: 1})
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(n,)) for n in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    with cast.in_town():
        found = list(Ballot.objects.filter(vote=vote).values_list("choices", flat=True))
    assert len(found) == people
    assert sorted(sum(one.get(pk, 0) for one in found) for pk in ids) == [33, 33, 34]


@pytest.mark.django_db
def test_the_shuffled_box_lies_in_another_order_each_time(cast):
    """Were the order kept, 8 ballots put in one after the other would lie so every time."""
    with cast.in_town():
        vote = factories.vote()
        one = {factories.ids(vote)["Bänke"]: 1}
        came = [factories.code(vote) for _ in range(8)]
        for code in came:
            box.put_in(vote, code, one)
        keys = [codes.ballot_key(box.key_of(vote), code) for code in came]
        orders = set()
        for _ in range(4):
            with connection.cursor() as cursor:
                cursor.execute("select key from participation_ballot order by ctid")
                orders.add(tuple(key for (key,) in cursor.fetchall()))
            box.put_in(vote, came[-1], one)
        assert len(orders) > 1
        assert orders != {tuple(keys)}
