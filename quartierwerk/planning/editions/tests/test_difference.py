from copy import deepcopy

from ..difference import What, changes

BEFORE = {
    "fields": [{"id": "f1", "name": "Bildung", "description": "", "is_detailed": True}],
    "measures": [
        {"id": "m1", "title": "Kurs", "what": "A1", "stage": "adopted", "fields": ["f1"], "costs": []},
        {"id": "m2", "title": "Fest", "what": "", "stage": "running", "fields": ["f1"], "costs": []},
    ],
    "needs": [],
    "goals": [],
    "resources": [],
}


def test_a_picture_does_not_differ_from_itself():
    assert changes(BEFORE, deepcopy(BEFORE)) == []


def test_a_new_title_is_a_change_and_not_another_measure():
    after = deepcopy(BEFORE)
    after["measures"][0]["title"] = "Kurs am Vormittag"
    (change,) = changes(BEFORE, after)
    assert (change.what, change.pk, change.title) == (What.CHANGED, "m1", "Kurs am Vormittag")
    assert [(one.name, one.before, one.after) for one in change.turned] == [
        ("title", "Kurs", "Kurs am Vormittag")
    ]


def test_new_and_gone_records_are_told_by_kind_the_gone_last():
    after = deepcopy(BEFORE)
    after["measures"] = [{**after["measures"][1], "id": "m3", "title": "Werkstatt"}, after["measures"][0]]
    assert [(one.what, one.title) for one in changes(BEFORE, after)] == [
        (What.ADDED, "Werkstatt"),
        (What.REMOVED, "Fest"),
    ]


def test_what_was_put_off_before_and_is_not_there_now_was_never_part_of_it():
    before = deepcopy(BEFORE)
    before["measures"][1]["deferred"] = "Das Geld fehlt"
    after = {**BEFORE, "measures": BEFORE["measures"][:1]}
    assert changes(before, after) == []


def test_a_value_that_older_editions_did_not_know_is_no_change():
    after = deepcopy(BEFORE)
    for row in after["measures"]:
        row["partners"] = ["Verein"]
    assert changes(BEFORE, after) == []


def test_money_that_changed_is_told():
    after = deepcopy(BEFORE)
    after["measures"][0]["costs"] = [{"year": 2027, "planned_cents": 100}]
    (change,) = changes(BEFORE, after)
    assert [one.name for one in change.turned] == ["costs"]


def test_changes_read_backwards_are_the_same_records():
    after = deepcopy(BEFORE)
    after["measures"].pop()
    after["fields"][0]["name"] = "Bildung und Sprache"
    there, back = changes(BEFORE, after), changes(after, BEFORE)
    assert {(one.kind, one.pk) for one in there} == {(one.kind, one.pk) for one in back}


def test_a_reworded_paragraph_is_a_change_and_a_picture_without_the_guiding_principle_none():
    before = BEFORE | {"principle": [{"id": "offen", "text": "Wir sind offen."}]}
    after = BEFORE | {"principle": [{"id": "offen", "text": "Wir sind offen und neugierig."}]}
    (change,) = changes(before, after)
    assert (change.kind, change.what) == ("principle", What.CHANGED)
    assert changes(BEFORE, after) == []


def test_the_records_of_today_put_nothing_off_so_nothing_of_it_changed():
    before, today = deepcopy(BEFORE), deepcopy(BEFORE)
    before["measures"][0]["deferred"] = "Noch kein Geld."
    assert changes(before, today) == []
    later = deepcopy(before)
    later["measures"][0]["deferred"] = ""
    (change,) = changes(before, later)
    assert [one.name for one in change.turned] == ["deferred"]
